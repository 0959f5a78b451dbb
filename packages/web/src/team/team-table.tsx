import { Link } from '@tanstack/react-router';
import { Palmtree } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { nodeId, type Node } from '../company/nodes.ts';
import { dayOf, shortDay } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import type { Column } from '../parts/table/data-table.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { useAttainmentBelow } from '../targets/use-attainment.ts';
import { Alarming, AttainmentCell, ForecastCell, OpenLeads, OpenOpportunities } from './team-cells.tsx';
import { awayUntil, overdueOf, silentOf, type TeamRow } from './team-rows.ts';
import styles from './team-cells.module.css';

type Seller = Item<'GET /sellers'>;

const Away = ({ seller }: { readonly seller: Seller | undefined }) => {
  const t = useTranslations('team.table');
  const { locale, zone } = useWriting();
  const until = awayUntil(seller?.absences ?? [], isoNow());
  if (until === undefined) return null;
  return (
    <small className={styles['away']}>
      <Palmtree size={14} aria-hidden="true" />
      {t('away', { day: shortDay(locale, dayOf(until, zone)) })}
    </small>
  );
};

const useColumns = (node: Node, period: 'month' | 'quarter'): readonly Column<TeamRow>[] => {
  const t = useTranslations('team.table');
  const { calendar } = useMe();
  const sellers = useRead('GET /sellers', { query: { active: 'true', limit: 100 } }, { rhythm: 'calm' }).data?.body.items;
  const stalls = useRead('GET /leaks/stalls', { query: { limit: 1 } }, { rhythm: 'calm' }).data?.body;
  const label = calendar.current[period].label;
  const below = useAttainmentBelow(node, label);
  const own = useRead('GET /attainment', { query: { node: nodeId(node), period: label } }, { rhythm: 'calm' });
  const attained = (row: Node) => (nodeId(row) === nodeId(node) ? own.data?.body : below.of(row));
  const team = node.level === 'team' ? node.key : undefined;
  const due = useRead('GET /leads', { query: { team, status: 'open', sort: 'due', limit: 100 } }, { rhythm: 'list' }).data?.body;
  const answers = due?.items.map(({ owner, service }) => ({ owner, isMissed: service?.state === 'missed' }));
  const ownerOrTeam = ({ level, key }: Node) => (level === 'rep' ? { owner: key } : { team: key });
  return [
    {
      id: 'person',
      head: t(node.level === 'company' ? 'team' : 'person'),
      isLead: true,
      cell: ({ node: row, name }) => (
        <>
          {row.level === 'team' && node.level === 'company' ? (
            <Link to="/team" search={{ node: `team:${row.key}` }}>
              {name}
            </Link>
          ) : (
            name
          )}
          <Away seller={sellers?.find(({ repId }) => row.level === 'rep' && repId === row.key)} />
        </>
      ),
    },
    {
      id: 'leads',
      head: t('leads'),
      isNumber: true,
      cell: ({ node: row }) => (
        <OpenLeads node={row} known={row.level === 'rep' ? sellers?.find(({ repId }) => repId === row.key)?.openLeads : undefined} />
      ),
    },
    {
      id: 'overdue',
      head: t('overdue'),
      isNumber: true,
      cell: ({ node: row }) => (
        <Alarming
          value={answers === undefined || due === undefined ? undefined : overdueOf(answers, due.next !== null, row)}
          link={(text) => (
            <Link to="/leads" search={{ ...ownerOrTeam(row), sort: 'due' }}>
              {text}
            </Link>
          )}
        />
      ),
    },
    { id: 'opportunities', head: t('opportunities'), isNumber: true, cell: ({ node: row }) => <OpenOpportunities node={row} /> },
    {
      id: 'silent',
      head: t('silent'),
      isNumber: true,
      cell: ({ node: row }) => (
        <Alarming
          value={stalls === undefined ? undefined : silentOf(stalls.byOwner, row)}
          link={(text) => (
            <Link to="/opportunities" search={{ ...ownerOrTeam(row), stalled: 'true', view: 'list' }}>
              {text}
            </Link>
          )}
        />
      ),
    },
    {
      id: 'attainment',
      head: t('attainment'),
      isNumber: true,
      cell: ({ node: row }) => <AttainmentCell node={row} of={attained(row)} isPending={below.isPending && own.isPending} />,
    },
    { id: 'forecast', head: t('forecast'), isNumber: true, cell: ({ node: row }) => <ForecastCell node={row} window={period} /> },
  ];
};

type TeamTableProps = { readonly node: Node; readonly rows: readonly TeamRow[]; readonly period: 'month' | 'quarter' };

/** A line for each person, or each team: what is open, what is late, what is reached. Each cell leads to the list behind it. */
export const TeamTable = ({ node, rows, period }: TeamTableProps) => {
  const t = useTranslations('team.table');
  const columns = useColumns(node, period);
  return (
    <div className={styles['cells']}>
      <PlainTable label={t('title')} rows={rows} rowId={({ node: row }) => row.key} columns={columns} />
    </div>
  );
};
