import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { documentOf } from '../documents/document-source.ts';
import type { Json } from '../documents/json.ts';
import type { Option, Shape } from '../documents/shape.ts';
import { Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { planOfYear } from './plan-year.ts';
import { SetupDocument } from './setup-document.tsx';

const share: Shape = { kind: 'number', lowest: 0 };
const shares = (start: readonly number[], label: string, none: string): Shape => ({
  kind: 'optional',
  label,
  none,
  absent: 'missing',
  start,
  of: { kind: 'list', item: share, start: 1, isInline: true },
});

/** The targets of a year, for the company, its teams and its people. */
export const PlanScreen = () => {
  const t = useTranslations('setup');
  const me = useMe();
  const people = usePeople();
  const { planId: asked = 'new' } = useParams({ strict: false });
  const year = me.calendar.current.year;
  const planId = asked === 'new' ? planOfYear(year) : asked;
  const currency = me.reportingCurrency ?? '';
  const whole: Json = { level: 'company', key: 'company' };
  const { from, label } = year;
  const source = useMemo(
    () =>
      documentOf({
        get: 'GET /plans/{planId}',
        put: 'PUT /plans/{planId}',
        path: { planId },
        documentIn: ({ planId: _id, version: _version, versions: _versions, cascade: _cascade, ...plan }) => plan,
        start: {
          measure: 'revenue',
          fiscalYear: Number(label.replace(/\D/g, '').slice(0, 4)),
          currency,
          effectiveFrom: from,
          targets: [{ node: { level: 'company', key: 'company' }, annual: { amount: '1000000.00', currency } }],
        },
      }),
    [planId, currency, from, label],
  );
  const nodes: readonly Option[] = [
    { id: 'company', label: t('plan.company'), value: whole },
    ...people.teams.map(({ key, name }) => ({ id: `team:${key}`, label: name, value: { level: 'team', key } })),
    ...people.active.map(({ repId, name }) => ({ id: `rep:${repId}`, label: name, value: { level: 'rep', key: repId } })),
  ];
  const shape: Shape = {
    kind: 'record',
    fields: {
      fiscalYear: { kind: 'number', isWhole: true, lowest: 2000, highest: 2200 },
      effectiveFrom: { kind: 'day' },
      targets: {
        kind: 'list',
        label: t('plan.targets'),
        isInline: true,
        start: { node: whole, annual: { amount: '0.00', currency } },
        item: {
          kind: 'record',
          fields: {
            node: { kind: 'one-of', options: nodes },
            annual: { kind: 'record', label: '', fields: { amount: { kind: 'decimal', label: currency }, currency: { kind: 'fixed' } } },
          },
        },
      },
      quarterWeights: shares([1, 1, 1, 1], t('plan.quarter'), t('plan.equal')),
      monthWeights: shares([1, 1, 1], t('plan.month'), t('plan.equal')),
      ramp: shares([0.25, 0.5, 0.75], t('plan.ramp'), t('plan.noRamp')),
      measure: { kind: 'one-of', options: [{ id: 'revenue', label: t('plan.revenue') }] },
      currency: { kind: 'fixed' },
    },
  };
  if (me.reportingCurrency === null)
    return (
      <Screen title={t('steps.plan.title')}>
        <Empty title={t('plan.none.title')} text={t('plan.settingsFirst')} />
      </Screen>
    );
  return <SetupDocument title={t('steps.plan.title')} why={t('steps.plan.why')} source={source} shape={shape} />;
};
