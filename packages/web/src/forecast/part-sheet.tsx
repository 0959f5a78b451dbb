import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import type { Item } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { money, count, valueOf } from '../format/figures.ts';
import { useOpportunitiesById } from '../opportunities/opportunities-by-id.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { listOf, queryOf, type PartOfExisting } from './forecast-parts.ts';
import type { Asked } from './forecast-reading.ts';
import styles from './parts-card.module.css';

type Expected = Item<'GET /forecasts/parts'>;

const useColumns = (rows: readonly Expected[], total: string): readonly Column<Expected>[] => {
  const t = useTranslations('forecast.parts');
  const { locale } = useWriting();
  const people = usePeople();
  const titleOf = useAccountTitle();
  const known = useOpportunitiesById(rows.map(({ opportunityId }) => String(opportunityId)));
  return [
    {
      id: 'account',
      head: t('account'),
      isLead: true,
      cell: ({ opportunityId, repId }) => {
        const opportunity = known.get(opportunityId);
        return (
          <>
            <Link to={`/opportunities/${opportunityId}`}>{opportunity === undefined ? <Bone width="8rem" /> : titleOf(opportunity)}</Link>
            <span className={styles['soft']}>{people.nameOf(repId)}</span>
          </>
        );
      },
      total: t('together'),
    },
    {
      id: 'amount',
      head: t('amount'),
      isNumber: true,
      cell: ({ amount }) => (amount === null ? <span className={styles['soft']}>{t('meanOrder')}</span> : money(locale, amount)),
    },
    { id: 'expected', head: t('expected'), isNumber: true, cell: ({ expected }) => money(locale, expected), total },
  ];
};

type PartSheetProps = {
  readonly asked: Asked;
  readonly part: PartOfExisting;
  readonly title: string;
  readonly onClose: () => void;
};

/** The opportunities behind a line of the forecast, the largest expected value first; they add up to the line. */
export const PartSheet = ({ asked, part, title, onClose }: PartSheetProps) => {
  const t = useTranslations('forecast.parts');
  const shell = useTranslations('shell');
  const { locale } = useWriting();
  const {
    items = [],
    first,
    more,
    isPending,
    isError,
    error,
    refetch,
  } = useReadPages('GET /forecasts/parts', {
    query: { ...asked, ...queryOf(part), limit: 50 },
  });
  const columns = useColumns(items, first === undefined ? '' : money(locale, first.visible.expected));
  return (
    <Sheet
      title={title}
      isOpen
      onClose={onClose}
      foot={
        <Link to="/opportunities" search={listOf(asked, part)}>
          {t('toList')}
        </Link>
      }
    >
      {isError && first === undefined ? <FailureMessage error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Bone height="20rem" /> : null}
      {first === undefined ? null : (
        <>
          <p>
            {t('behind', {
              count: first.existing.opportunities,
              amount: money(locale, first.existing.expected),
            })}
          </p>
          {first.hidden.opportunities === 0 ? null : (
            <p className={styles['soft']}>
              {t('hidden', { count: first.hidden.opportunities, amount: money(locale, first.hidden.expected) })}
            </p>
          )}
          {items.length === 0 ? (
            <Empty title={t('nothingBehind')} />
          ) : (
            <PlainTable
              label={title}
              rows={items}
              rowId={({ opportunityId }) => opportunityId}
              columns={columns}
              isMuted={({ expected }) => valueOf(expected) === 0}
            />
          )}
          {more === undefined ? null : (
            <p className={styles['more']}>
              <span className={styles['soft']}>
                {t('shown', { shown: count(locale, items.length), all: count(locale, first.visible.opportunities) })}
              </span>
              <Button onPress={more.load} isDisabled={more.isLoading}>
                {shell('loadMore')}
              </Button>
            </p>
          )}
        </>
      )}
    </Sheet>
  );
};
