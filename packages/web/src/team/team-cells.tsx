import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { nodeId, type Node } from '../company/nodes.ts';
import { count, money, share, wholeMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { Bone } from '../parts/message.tsx';
import { expectedShare } from '../targets/pace-figures.ts';
import { PaceWords } from '../targets/pace-words.tsx';
import type { Attainment } from '../targets/use-attainment.ts';
import styles from './team-cells.module.css';

/** The query of lists for a row: a person's, or a team's with the teams below it. */
const filterOf = ({ level, key }: Node) => (level === 'rep' ? { owner: key } : { team: key });

const Waiting = ({ isError }: { readonly isError: boolean }) => (isError ? '–' : <Bone width="3rem" />);

/** A count of something that is wrong: icon and weight, not colour alone. */
export const Alarming = ({ value, link }: { readonly value: number | undefined; readonly link: (text: ReactNode) => ReactNode }) => {
  const { locale } = useWriting();
  if (value === undefined) return '–';
  if (value === 0) return <span className={styles['none']}>0</span>;
  return link(
    <span className={styles['alarming']}>
      <TriangleAlert size={15} aria-hidden="true" />
      {count(locale, value)}
    </span>,
  );
};

export const OpenOpportunities = ({ node }: { readonly node: Node }) => {
  const { locale } = useWriting();
  const t = useTranslations('team.table');
  const { data, isError } = useRead('GET /opportunities', { query: { ...filterOf(node), status: 'open', limit: 1 } }, { rhythm: 'calm' });
  const total = data?.body.total;
  if (total === undefined || total === null) return <Waiting isError={isError || total === null} />;
  return (
    <Link to="/opportunities" search={{ ...filterOf(node), view: 'list' }}>
      {count(locale, total.count)}
      {total.sum === null ? null : (
        <small title={t('withoutAmount', { count: total.withoutAmount })}>{wholeMoney(locale, total.sum)}</small>
      )}
    </Link>
  );
};

/** Leads that sales still has to work on; of a person the router's own count is read for all at once. */
export const OpenLeads = ({ node, known }: { readonly node: Node; readonly known: number | undefined }) => {
  const { locale } = useWriting();
  const { data, isError } = useRead(
    'GET /leads',
    { query: { ...filterOf(node), status: 'open', limit: 1 } },
    { rhythm: 'calm', enabled: known === undefined },
  );
  const total = known ?? data?.body.total;
  if (total === undefined || total === null) return <Waiting isError={isError || total === null} />;
  return (
    <Link to="/leads" search={filterOf(node)}>
      {count(locale, total)}
    </Link>
  );
};

type AttainmentCellProps = { readonly node: Node; readonly of: Attainment | undefined; readonly isPending: boolean };

export const AttainmentCell = ({ node, of: attained, isPending }: AttainmentCellProps) => {
  const { locale } = useWriting();
  const t = useTranslations('team.table');
  if (attained === undefined) return <Waiting isError={!isPending} />;
  const { achieved, target, attainment, pace } = attained;
  return (
    <Link to="/targets" search={{ node: nodeId(node) }} className={styles['attained'] ?? ''}>
      <span>
        {attainment === null ? t('noTarget') : share(locale, attainment.ratio)}
        <small title={money(locale, achieved)}>
          {target === null
            ? wholeMoney(locale, achieved)
            : t('of', { achieved: wholeMoney(locale, achieved), target: wholeMoney(locale, target) })}
        </small>
      </span>
      {attainment === null ? null : (
        <Bar from={0} to={Math.min(attainment.ratio, 1.5)} highest={1.5} tick={1} mark={expectedShare(attained)} />
      )}
      {pace === null ? null : <PaceWords pace={pace} />}
    </Link>
  );
};

export const ForecastCell = ({ node, window }: { readonly node: Node; readonly window: 'month' | 'quarter' }) => {
  const { locale } = useWriting();
  const t = useTranslations('team.table');
  const { data, isError } = useRead('GET /forecasts', { query: { ...node, window } }, { rhythm: 'calm' });
  const forecast = data?.body;
  if (forecast === undefined) return <Waiting isError={isError} />;
  return (
    <Link to="/forecast" search={{ node: nodeId(node), window: window === 'month' ? undefined : window }}>
      {wholeMoney(locale, forecast.p50)}
      <small>
        {forecast.enoughFacts
          ? t('range', { low: wholeMoney(locale, forecast.p10), high: wholeMoney(locale, forecast.p90) })
          : t('fewFacts')}
      </small>
    </Link>
  );
};
