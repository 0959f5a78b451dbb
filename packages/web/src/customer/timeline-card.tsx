import { Link } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useReadPages } from '../api/use-read-pages.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { useProcesses } from '../company/processes.ts';
import { instant } from '../format/days.ts';
import { money } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { changedNames } from './changed-names.ts';
import styles from './timeline-card.module.css';

type Entry = Item<'GET /accounts/{accountId}/timeline'>;

const losses = ['price', 'competitor', 'no-budget', 'no-decision', 'no-need', 'timing', 'other'] as const;
const cancellations = ['customer-withdrew', 'not-paid', 'not-deliverable', 'wrong-entry', 'other'] as const;

/** What an entry says besides its heading: amount, hand-over, reason, names of what changed. */
const useDetails = () => {
  const t = useTranslations('customer.timeline');
  const reasons = useTranslations('opportunity');
  const { locale } = useWriting();
  const people = usePeople();
  return ({ kind, amount, from, to, reason, changed }: Entry): readonly string[] => {
    const isHandOver = kind === 'account-handed-over' || kind === 'opportunity-handed-over';
    const loss = kind === 'opportunity-lost' ? losses.find((one) => one === reason) : undefined;
    const isCancelled = kind === 'order-cancelled' || kind === 'order-partially-cancelled';
    const cancellation = isCancelled ? cancellations.find((one) => one === reason) : undefined;
    return [
      ...(amount === null ? [] : [money(locale, amount)]),
      ...(isHandOver
        ? [t('handOver', { from: from === null ? '–' : people.nameOf(from), to: to === null ? '–' : people.nameOf(to) })]
        : []),
      ...(loss === undefined ? [] : [reasons(`lossReasons.${loss}`)]),
      ...(cancellation === undefined ? [] : [reasons(`cancelReasons.${cancellation}`)]),
      ...changedNames(changed).map((name) => t(`changed.${name}`)),
    ];
  };
};

/** Everything that happened with an account, the newest first, whoever had it then. */
export const TimelineCard = ({ accountId }: { readonly accountId: string }) => {
  const t = useTranslations('customer.timeline');
  const record = useTranslations('record');
  const accounts = useTranslations('accounts');
  const shell = useTranslations('shell');
  const language = useLocale();
  const { locale, zone } = useWriting();
  const people = usePeople();
  const processes = useProcesses();
  const details = useDetails();
  const reading = useReadPages('GET /accounts/{accountId}/timeline', { path: { accountId }, query: { limit: 30 } });
  const entries = reading.items;
  const milestoneName = (id: string): string =>
    processes.all.flatMap(({ milestones }) => milestones).find((milestone) => milestone.id === id)?.name[language] ?? id;
  const title = ({ kind, milestoneId, otherAccount }: Entry): string =>
    t(`kinds.${kind}`, {
      milestone: milestoneId === null ? '' : milestoneName(milestoneId),
      account: otherAccount?.name ?? accounts('private'),
    });
  const recorderOf = ({ recordedBy: { repId, roles } }: Entry): readonly string[] => {
    const name = repId === null ? roles.map((role) => shell(`roles.${role}`))[0] : people.nameOf(repId);
    return name === undefined ? [] : [t('by', { name })];
  };
  return (
    <Card title={t('title')}>
      {reading.isError && entries === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {entries === undefined && !reading.isError ? <Bone height="16rem" /> : null}
      {entries?.length === 0 ? <p>{t('none')}</p> : null}
      <ol className={styles['list']}>
        {entries?.map((entry) => (
          <li key={entry.entryId} className={styles['entry']} data-kind={entry.kind}>
            <div className={styles['head']}>
              {entry.opportunityId === null ? (
                <strong>{title(entry)}</strong>
              ) : (
                <Link to={`/opportunities/${entry.opportunityId}`}>{title(entry)}</Link>
              )}
              <time dateTime={entry.occurredAt}>{instant(locale, entry.occurredAt, zone)}</time>
            </div>
            {entry.evidence?.quote ? <blockquote>{entry.evidence.quote}</blockquote> : null}
            <small>
              {[
                ...details(entry),
                ...(entry.evidence === null
                  ? []
                  : [record(`channels.${entry.evidence.channel}`), record(`roles.${entry.evidence.partyRole}`)]),
                ...recorderOf(entry),
              ].join(' · ')}
            </small>
          </li>
        ))}
      </ol>
      {reading.more === undefined ? null : (
        <Button onPress={reading.more.load} isDisabled={reading.more.isLoading}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
};
