import { Link } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { day, dayOf, instant } from '../format/days.ts';
import { money } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Card } from '../parts/card.tsx';
import { useAccountTitle } from './account-title.ts';
import type { Process } from '../record/record-sheet.tsx';

type Opportunity = Answer<'GET /opportunities/{opportunityId}'>;
type FactsProps = { readonly opportunity: Opportunity; readonly process: Process; readonly onAmend: (() => void) | undefined };

/** One fact of several lines; none where there are no lines. */
const linesOf = (name: string, lines: readonly string[]): readonly (readonly [string, ReactNode])[] =>
  lines.length === 0 ? [] : [[name, lines.map((line) => <div key={line}>{line}</div>)]];

/** What is known of an opportunity besides what the customer did. */
export const OpportunityFacts = ({ opportunity, process, onAmend }: FactsProps) => {
  const t = useTranslations('opportunity');
  const shell = useTranslations('shell');
  const language = useLocale();
  const { locale, zone } = useWriting();
  const people = usePeople();
  const titleOf = useAccountTitle();
  const { order, earlierOrders, amount, lossReason, cancelReason, leadId, segment } = opportunity;
  const dayIn = (at: string): string => day(locale, dayOf(at, zone));
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('facts.amount'), amount === null ? t('facts.noAmount') : money(locale, amount)],
    [
      t('facts.account'),
      <Link key="account" to={`/accounts/${opportunity.account.id}`}>
        {titleOf(opportunity)}
      </Link>,
    ],
    [t('facts.segment'), segment ?? shell('unknown')],
    [t('facts.owner'), people.nameOf(opportunity.repId)],
    [t('facts.team'), people.teamOf(opportunity.teamId)],
    [t('facts.process'), process.name[language]],
    [t('facts.opened'), instant(locale, opportunity.openedAt, zone)],
    ...(leadId === null
      ? []
      : [
          [
            t('facts.lead'),
            <Link key="lead" to={`/leads/${leadId}`}>
              {t('facts.openLead')}
            </Link>,
          ] as const,
        ]),
    ...(order === null
      ? []
      : [
          [
            t('facts.order'),
            <>
              {money(locale, order.amount)}
              {order.amount.currency === order.reportingAmount.currency ? null : (
                <>
                  {' = '}
                  {money(locale, order.reportingAmount)}
                  <br />
                  <small>{t('facts.rate', { day: day(locale, order.rate.date), value: order.rate.value })}</small>
                </>
              )}
              <br />
              <small>
                {t('facts.orderedAt', { day: dayIn(order.orderedAt) })}
                {order.correctedAt === null ? null : `, ${t('facts.orderCorrected', { day: dayIn(order.correctedAt) })}`}
              </small>
            </>,
          ] as const,
          ...linesOf(
            t('facts.cancelledPart'),
            order.cancelledParts.map((part) =>
              t('facts.cancelledPartOf', {
                amount: money(locale, part.amount),
                day: dayIn(part.cancelledAt),
                reason: t(`cancelReasons.${part.reason}`),
              }),
            ),
          ),
        ]),
    ...linesOf(
      t('facts.earlierOrder'),
      earlierOrders.map((earlier) =>
        t('facts.earlierOrderOf', {
          amount: money(locale, earlier.amount),
          day: dayIn(earlier.orderedAt),
          cancelled: dayIn(earlier.cancelledAt),
          reason: t(`cancelReasons.${earlier.reason}`),
        }),
      ),
    ),
    ...(lossReason === null ? [] : [[t('facts.lossReason'), t(`lossReasons.${lossReason}`)] as const]),
    ...(cancelReason === null ? [] : [[t('facts.cancelReason'), t(`cancelReasons.${cancelReason}`)] as const]),
  ];
  return (
    <Card
      title={t('facts.title')}
      actions={
        onAmend === undefined ? undefined : (
          <Button look="quiet" hint="E" onPress={onAmend}>
            {t('editAmount')}
          </Button>
        )
      }
    >
      <Facts of={rows} />
    </Card>
  );
};
