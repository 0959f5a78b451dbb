import type { useTranslations } from 'use-intl';
import { isRecord, type Json } from '../documents/json.ts';
import type { Option, Shape } from '../documents/shape.ts';
import type { RuleFields } from './use-lead-fields.ts';

/** What the shapes of the rules need of the reader's language and of the company. */
export type ShapeWords = {
  readonly t: ReturnType<typeof useTranslations<'rules'>>;
  readonly zone: string;
  readonly today: string;
  readonly fields: RuleFields;
  readonly teams: readonly Option[];
  readonly territories: readonly Option[];
  readonly categories: readonly Option[];
  /** a rule that has no name is called by what it asks */
  readonly conditionTitle: (condition: Shape) => (item: Json) => string;
};

/** What a new condition asks until somebody changes it. */
export const startCondition: Json = { field: 'company', test: 'present' };

export const wholeNumber = (lowest: number, highest: number, label?: string): Shape => ({
  kind: 'number',
  lowest,
  highest,
  isWhole: true,
  ...(label === undefined ? {} : { label }),
});

export const nullable = (of: Shape, start: Json, none: string, label?: string): Shape => ({
  kind: 'optional',
  of,
  start,
  none,
  absent: 'null',
  ...(label === undefined ? {} : { label }),
});

export const idShape = ({ t }: ShapeWords): Shape => ({ kind: 'text', hint: t('idHint') });

export const leadCondition = ({ fields }: ShapeWords): Shape => ({ kind: 'predicate', fields: fields.lead });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** `Montag 09:00–17:00` */
const windowTitle = (t: ShapeWords['t'], window: Json): string => {
  if (!isRecord(window)) return '';
  const day = weekdays[Number(window['weekday'] ?? 1) - 1] ?? 'monday';
  return t('window', { day: t(`weekdays.${day}`), from: String(window['from'] ?? ''), until: String(window['until'] ?? '') });
};

/** Working hours: a time zone, and windows by weekday. */
export const hoursShape = ({ t }: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    zone: { kind: 'text' },
    windows: {
      kind: 'list',
      isInline: true,
      start: { weekday: 1, from: '09:00', until: '17:00' },
      title: (window) => windowTitle(t, window),
      item: {
        kind: 'record',
        fields: {
          weekday: { kind: 'one-of', options: weekdays.map((day, index) => ({ id: day, label: t(`weekdays.${day}`), value: index + 1 })) },
          from: { kind: 'clock-time' },
          until: { kind: 'clock-time' },
        },
      },
    },
  },
});

export const startHours = ({ zone }: ShapeWords): Json => ({
  zone,
  windows: weekdays.slice(0, 5).map((_, index) => ({ weekday: index + 1, from: '09:00', until: '17:00' })),
});

export const regionShape = ({ t }: ShapeWords): Shape => nullable({ kind: 'text' }, 'DE', t('none.region'));
