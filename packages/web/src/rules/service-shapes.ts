import { isRecord, type Json } from '../documents/json.ts';
import type { Shape } from '../documents/shape.ts';
import { hoursShape, idShape, nullable, regionShape, startCondition, startHours, wholeNumber, type ShapeWords } from './shape-words.ts';

const escalationActs = ['tell-owner', 'tell-managers', 'requeue'] as const;
const followedStatuses = ['new', 'working', 'mql', 'sql', 'disqualified'] as const;
const minutesOfYear = 525_600;

const escalationTitle = ({ t }: ShapeWords, step: Json): string => {
  if (!isRecord(step)) return '';
  const act = escalationActs.find((each) => each === step['act']) ?? 'requeue';
  return `${afterText(t, Number(step['afterMinutes'] ?? 0))}: ${t(`escalationActs.${act}`)}`;
};

export const serviceLevelsShape = (words: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    levels: {
      kind: 'list',
      start: {
        id: 'new-level',
        name: words.t('starts.level'),
        when: startCondition,
        minutes: 60,
        hours: startHours(words),
        region: null,
        escalations: [{ afterMinutes: 0, act: 'tell-owner' }],
      },
      item: {
        kind: 'record',
        fields: {
          name: { kind: 'text' },
          when: { kind: 'predicate', fields: words.fields.service },
          minutes: wholeNumber(1, 14_400, words.t('labels.answerWithin')),
          hours: hoursShape(words),
          region: regionShape(words),
          escalations: {
            kind: 'list',
            isInline: true,
            start: { afterMinutes: 60, act: 'tell-managers' },
            title: (step) => escalationTitle(words, step),
            item: {
              kind: 'record',
              fields: {
                afterMinutes: wholeNumber(0, 14_400),
                act: { kind: 'one-of', options: escalationActs.map((id) => ({ id, label: words.t(`escalationActs.${id}`) })) },
              },
            },
          },
          id: idShape(words),
        },
      },
    },
  },
});

const startMail: Json = { subject: '', text: '' };

const wordingShape = (label: string): Shape => ({
  kind: 'record',
  label,
  fields: { subject: { kind: 'text' }, text: { kind: 'text', isLong: true } },
});

const stepShape = (words: ShapeWords): Shape => {
  const { t } = words;
  const shared = { afterMinutes: wholeNumber(0, minutesOfYear), id: idShape(words) } as const;
  return {
    kind: 'variant',
    by: 'act',
    variants: [
      {
        id: 'task',
        label: t('stepActs.task'),
        fields: { title: { kind: 'text' }, ...shared },
        start: { id: 'new-step', afterMinutes: 0, act: 'task', title: '' },
      },
      {
        id: 'mail',
        label: t('stepActs.mail'),
        fields: {
          a: wordingShape(t('labels.wording')),
          b: nullable(wordingShape(''), startMail, t('none.wording'), t('labels.secondWording')),
          ...shared,
        },
        start: { id: 'new-step', afterMinutes: 0, act: 'mail', a: startMail, b: null },
      },
    ],
  };
};

/** `E-Mail nach 2 Tagen: Ihre Anfrage` */
const stepTitle = ({ t }: ShapeWords, step: Json): string => {
  if (!isRecord(step)) return '';
  const minutes = typeof step['afterMinutes'] === 'number' ? step['afterMinutes'] : 0;
  const wording = step['a'];
  const about = step['act'] === 'mail' ? subjectOf(wording) : String(step['title'] ?? '');
  return t('stepTitle', { act: t(`stepActs.${step['act'] === 'mail' ? 'mail' : 'task'}`), after: afterText(t, minutes), about });
};

const subjectOf = (wording: Json | undefined): string => (isRecord(wording) ? String(wording['subject'] ?? '') : '');

const afterText = (t: ShapeWords['t'], minutes: number): string => {
  if (minutes === 0) return t('after.atOnce');
  if (minutes % 1440 === 0) return t('after.days', { count: minutes / 1440 });
  return minutes % 60 === 0 ? t('after.hours', { count: minutes / 60 }) : t('after.minutes', { count: minutes });
};

export const followUpShape = (words: ShapeWords): Shape => {
  const { t } = words;
  return {
    kind: 'record',
    fields: {
      sequences: {
        kind: 'list',
        start: {
          sequenceId: 'new-sequence',
          name: t('starts.sequence'),
          category: null,
          status: null,
          purpose: null,
          horizonDays: 14,
          steps: [{ id: 'call', afterMinutes: 0, act: 'task', title: t('starts.task') }],
        },
        item: {
          kind: 'record',
          fields: {
            name: { kind: 'text' },
            category: { kind: 'one-of', options: [{ id: 'any', label: t('none.category'), value: null }, ...words.categories] },
            status: {
              kind: 'one-of',
              options: [
                { id: 'any', label: t('none.status'), value: null },
                ...followedStatuses.map((id) => ({ id, label: t(`statuses.${id}`) })),
              ],
            },
            purpose: nullable({ kind: 'text' }, 'newsletter', t('none.purpose')),
            horizonDays: wholeNumber(1, 90),
            steps: {
              kind: 'list',
              start: { id: 'new-step', afterMinutes: 1440, act: 'task', title: t('starts.task') },
              item: stepShape(words),
              title: (step) => stepTitle(words, step),
            },
            sequenceId: idShape(words),
          },
        },
      },
    },
  };
};
