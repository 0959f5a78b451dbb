import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useWriting } from '../company/me.ts';
import { usePeriodName } from '../company/period-name.ts';
import { usePatched } from '../commands/command-context.ts';
import { count, money, wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import type { Freshness } from '../parts/screen.tsx';
import { RecordSheet, type Process } from '../record/record-sheet.tsx';
import { BoardCard, type Card } from './board-card.tsx';
import styles from './board.module.css';
import { columnsWithHeld, type Column } from './moved-cards.ts';
import { isFiltered, noFilter, sharedQuery } from './opportunity-query.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';

type Total = Answer<'GET /board'>['total'];
type Recording = { readonly card: Card; readonly milestoneId: string | undefined };

const Sum = ({ total }: { readonly total: Total }) => {
  const t = useTranslations('opportunities');
  const { locale } = useWriting();
  return (
    <>
      {total.sum === null ? null : <span title={money(locale, total.sum)}>{wholeMoney(locale, total.sum)}</span>}
      {total.withoutAmount === 0 ? null : <small> · {t('withoutAmount', { count: total.withoutAmount })}</small>}
    </>
  );
};

/** The open opportunities of a process by the furthest milestone that the customer has reached. Count and sum come from the server. */
export const Board = ({ process, onFresh }: { readonly process: Process; readonly onFresh: (freshness: Freshness) => void }) => {
  const t = useTranslations('opportunities');
  const shell = useTranslations('shell');
  const language = useLocale();
  const { locale } = useWriting();
  const nameOfPeriod = usePeriodName();
  const titleOf = useAccountTitle();
  const [filter, change] = useFilter();
  const patched = usePatched();
  const [recording, setRecording] = useState<Recording>();
  const [dragged, setDragged] = useState<{ readonly card: Card; readonly from: number }>();
  const [over, setOver] = useState<number>();
  const reading = useRead('GET /board', { query: { process: process.processId, ...sharedQuery(filter) } });
  const { dataUpdatedAt, isPending, isError } = reading;
  useEffect(() => onFresh({ dataUpdatedAt, isPending, isError }), [dataUpdatedAt, isPending, isError, onFresh]);
  const board = reading.data?.body;
  if (board === undefined)
    return isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : <Bone height="30rem" />;
  if (board.total.count === 0)
    return isFiltered(filter) ? (
      <Empty title={t('emptyFiltered')} action={<Button onPress={() => change(noFilter)}>{shell('clearFilters')}</Button>} />
    ) : (
      <Empty title={t('empty.title')} text={t('empty.text')} />
    );
  const columns = columnsWithHeld(board.columns, (card) =>
    patched(`opportunity:${card.opportunityId}`, { ...card, milestones: [], status: 'open' }),
  );
  const drop = (column: Column, index: number): void => {
    setOver(undefined);
    if (dragged !== undefined && index > dragged.from && column.milestoneId !== null)
      setRecording({ card: dragged.card, milestoneId: column.milestoneId });
    setDragged(undefined);
  };
  return (
    <>
      <p className={styles['summary']}>
        <span>
          <strong>{t('total', { count: board.total.count })}</strong> · <Sum total={board.total} />
        </span>
        <span>
          {t('month.won', { label: nameOfPeriod(board.month) })}: <strong>{count(locale, board.month.won.count)}</strong> ·{' '}
          <Sum total={board.month.won} />
        </span>
        <span>
          {t('month.lost', { label: nameOfPeriod(board.month) })}: <strong>{count(locale, board.month.lost.count)}</strong>
        </span>
      </p>
      <ol className={styles['board']}>
        {columns.map((column, index) => (
          <li
            key={column.milestoneId ?? 'none'}
            className={styles['column']}
            data-over={over === index && dragged !== undefined ? (index > dragged.from ? 'yes' : 'no') : undefined}
            onDragOver={(event) => {
              setOver(index);
              if (dragged !== undefined && index > dragged.from) event.preventDefault();
            }}
            onDrop={() => drop(column, index)}
          >
            <div className={styles['head']}>
              <h2>{column.name?.[language] ?? t('noMilestone')}</h2>
              <p>
                <strong>{count(locale, column.total.count)}</strong> · <Sum total={column.total} />
              </p>
              {column.usual === null ? null : (
                <small>{t('usual', { median: column.usual.medianDays, usual: column.usual.usualDays })}</small>
              )}
            </div>
            <ul className={styles['cards']}>
              {column.cards.map((card) => (
                <BoardCard
                  key={card.opportunityId}
                  card={card}
                  process={process}
                  isDragged={dragged?.card.opportunityId === card.opportunityId}
                  onDrag={(isStarting) => setDragged(isStarting ? { card, from: index } : undefined)}
                  onRecord={() => setRecording({ card, milestoneId: undefined })}
                />
              ))}
            </ul>
            {column.next === null ? null : (
              <p className={styles['more']}>
                <Link to="." search={{ ...filter, view: 'list', reached: column.milestoneId ?? 'none' }}>
                  {t('more', { count: column.total.count })}
                </Link>
              </p>
            )}
          </li>
        ))}
      </ol>
      {dragged !== undefined && over !== undefined && over < dragged.from ? <p role="status">{t('backwards')}</p> : null}
      {recording === undefined ? null : (
        <RecordCard recording={recording} process={process} title={titleOf(recording.card)} onClose={() => setRecording(undefined)} />
      )}
    </>
  );
};

/** Reads the opportunity of a card: which milestones it has already is not on the card. */
const RecordCard = ({
  recording: { card, milestoneId },
  process,
  title,
  onClose,
}: {
  readonly recording: Recording;
  readonly process: Process;
  readonly title: string;
  readonly onClose: () => void;
}) => {
  const { opportunityId } = card;
  const opportunity = useRead('GET /opportunities/{opportunityId}', { path: { opportunityId } }, { rhythm: 'once' }).data?.body;
  if (opportunity === undefined) return null;
  return (
    <RecordSheet
      opportunity={opportunity}
      version={String(card.version)}
      process={process}
      milestoneId={milestoneId}
      title={title}
      onClose={onClose}
    />
  );
};
