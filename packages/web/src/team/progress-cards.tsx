import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Recalculated } from '../commands/recalculated.tsx';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeriodName } from '../company/period-name.ts';
import { nodeId, type Node } from '../company/nodes.ts';
import { money, share, valueOf, wholeMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { FigureList } from '../parts/figures/figure-list.tsx';
import styles from './progress-cards.module.css';

type Progress = Answer<'GET /forecasts/progress'>;
type Window = Progress['windows'][number];

const ProgressCard = ({ node, of: { window, actual, atStart, now, reached } }: { readonly node: Node; readonly of: Window }) => {
  const t = useTranslations('team.progress');
  const words = useTranslations('nodes');
  const { locale } = useWriting();
  const nameOf = usePeriodName();
  const highest = Math.max(1, valueOf(actual), valueOf(now.p90), atStart === null ? 0 : valueOf(atStart.mean));
  const figures = [
    { name: t('now'), value: wholeMoney(locale, now.mean) },
    { name: t('range'), value: `${wholeMoney(locale, now.p10)} – ${wholeMoney(locale, now.p90)}` },
    { name: t('atStart'), value: atStart === null ? t('noStart') : wholeMoney(locale, atStart.mean) },
    ...(reached === null ? [] : [{ name: t('reached'), value: share(locale, reached.ratio) }]),
  ];
  return (
    <article className={styles['card']}>
      <h2>
        <Link to="/forecast" search={{ node: nodeId(node), window: window.kind }}>
          {words(`windows.${window.kind}`)}
        </Link>{' '}
        <small>{nameOf(window)}</small>
      </h2>
      <p className={styles['booked']}>
        <span>{t('booked')}</span>
        <strong title={money(locale, actual)}>{wholeMoney(locale, actual)}</strong>
      </p>
      <Bar from={0} to={valueOf(actual)} highest={highest} tick={valueOf(now.mean)} />
      <FigureList of={figures} />
    </article>
  );
};

/** The current week, month and quarter: what was expected on the first day, what is expected now, what is booked. */
export const ProgressCards = ({
  node,
  progress,
  isStale,
}: {
  readonly node: Node;
  readonly progress: Progress;
  readonly isStale: boolean;
}) => (
  <>
    <Recalculated />
    <div className={styles['cards']} aria-busy={isStale}>
      {progress.windows.map((each) => (
        <ProgressCard key={each.window.kind} node={node} of={each} />
      ))}
    </div>
  </>
);
