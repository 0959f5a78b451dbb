import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useSend } from '../app/api.ts';
import { dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { Card } from '../parts/card.tsx';
import { Bone } from '../parts/message.tsx';
import styles from './setup-screen.module.css';

type Stuck = {
  readonly key: string;
  readonly text: string;
  readonly path: `/${string}`;
  readonly search?: Readonly<Record<string, string>>;
};

const shownOfQuarantine = 50;

/** What is stuck and needs a person, as far as the API has the figures. */
export const StuckCard = () => {
  const t = useTranslations('setup.stuck');
  const send = useSend();
  const sources = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' }).data?.body.items;
  const quarantine = useRead('GET /submissions', { query: { limit: shownOfQuarantine } }, { rhythm: 'calm' }).data?.body;
  const queues = useRead('GET /queues', {}, { rhythm: 'calm' }).data?.body.items;
  const day = dayOf(isoNow(), 'UTC');
  const books = useQueries({
    queries: (sources ?? []).map(({ sourceId }) => ({
      queryKey: ['GET /sources/{sourceId}/reconciliation', sourceId, day],
      queryFn: () => send('GET /sources/{sourceId}/reconciliation', { path: { sourceId }, query: { day } }),
      refetchInterval: 60_000,
    })),
  });
  const waiting = quarantine?.items.length ?? 0;
  const stuck: readonly Stuck[] = [
    ...(sources ?? []).flatMap(({ sourceId, name, secretFrom, secretNumber }, index): readonly Stuck[] => [
      ...(books[index]?.data?.body.balanced === false
        ? [{ key: `${sourceId} books`, text: `${name}: ${t('unbalanced')}`, path: `/sources/${sourceId}` } as const]
        : []),
      ...(secretFrom === 'sender' && secretNumber === 0
        ? [{ key: `${sourceId} secret`, text: `${name}: ${t('noSecret')}`, path: `/sources/${sourceId}` } as const]
        : []),
    ]),
    ...(waiting === 0
      ? []
      : [
          {
            key: 'quarantine',
            text: quarantine?.next === null ? t('quarantine', { count: waiting }) : t('quarantineMore', { count: shownOfQuarantine }),
            path: '/sources',
          } as const,
        ]),
    ...(queues ?? [])
      .filter(({ overdue }) => overdue > 0)
      .map(({ queueId, overdue }): Stuck => ({
        key: `queue ${queueId}`,
        text: t('queue', { count: overdue, queue: queueId }),
        path: '/leads',
        search: { queue: queueId },
      })),
  ];
  const isKnown = sources !== undefined && quarantine !== undefined && queues !== undefined;
  return (
    <Card title={t('title')} under={t('under')}>
      {isKnown ? null : <Bone height="4rem" />}
      {isKnown && stuck.length === 0 ? (
        <p className={styles['clear']}>
          <CircleCheck size={18} aria-hidden="true" />
          {t('nothing')}
        </p>
      ) : null}
      <ul className={styles['stuck']}>
        {stuck.map(({ key, text, path, search }) => (
          <li key={key}>
            <TriangleAlert size={18} aria-hidden="true" />
            <span>{text}</span>
            <Link to={path} {...(search === undefined ? {} : { search })} aria-label={`${t('show')}: ${text}`}>
              {t('show')}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};
