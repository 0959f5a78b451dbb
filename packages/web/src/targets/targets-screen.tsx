import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { nodeId, type Node } from '../company/nodes.ts';
import { usePeriodName } from '../company/period-name.ts';
import { usePeople } from '../company/people.ts';
import { useNodes } from '../company/use-nodes.ts';
import { useFilter } from '../app/filter.ts';
import { daysAfter, shortDay } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { Choice } from '../parts/form/choice.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { NodePicker } from '../parts/node-picker.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { Screen } from '../parts/screen.tsx';
import { rowsOf, type TeamRow } from '../team/team-rows.ts';
import { useAttainmentColumns } from './attainment-columns.tsx';
import { PaceCards } from './pace-cards.tsx';
import { periodRows, type PeriodRow } from './period-rows.ts';
import { useAttainmentBelow, useAttainmentOfYear } from './use-attainment.ts';
import styles from './targets-screen.module.css';

const kinds = ['month', 'quarter', 'year'] as const;

type Toggle = (label: string) => void;

const usePeriodColumn = (toggle: Toggle): Column<PeriodRow> => {
  const t = useTranslations('targets');
  const { locale } = useWriting();
  const nameOf = usePeriodName();
  return {
    id: 'period',
    head: t('period'),
    isLead: true,
    cell: ({ period, depth, isOpen, isCurrent, isAhead }) => (
      <span className={styles['period']} data-depth={depth}>
        {isOpen === undefined ? null : (
          <Button
            look="quiet"
            isIcon
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'fold' : 'unfold', { period: nameOf(period) })}
            onPress={() => toggle(period.label)}
          >
            {isOpen ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />}
          </Button>
        )}
        <span>
          {nameOf(period)}
          <small className={styles['soft']}>
            {isCurrent
              ? t('current')
              : isAhead
                ? t('ahead')
                : `${shortDay(locale, period.from)} – ${shortDay(locale, daysAfter(period.until, -1))}`}
          </small>
        </span>
      </span>
    ),
  };
};

type Year = ReturnType<typeof useAttainmentOfYear>;

const YearTable = ({ node, year, label }: { readonly node: Node; readonly year: Year; readonly label: string }) => {
  const { calendar, today } = useMe();
  const [open, setOpen] = useState<readonly string[]>([calendar.current.quarter.label]);
  const first = usePeriodColumn((quarter) =>
    setOpen((before) => (before.includes(quarter) ? before.filter((each) => each !== quarter) : [...before, quarter])),
  );
  const columns = useAttainmentColumns<PeriodRow>(
    { of: ({ period }) => year.of(period.label), isPending: year.isPending },
    node.level !== 'rep',
  );
  return (
    <PlainTable
      label={label}
      rows={periodRows(calendar, today, open)}
      rowId={({ period }) => period.label}
      columns={[first, ...columns]}
      isMuted={({ isAhead }) => isAhead}
    />
  );
};

const useRowColumn = (head: string): Column<TeamRow> => ({
  id: 'node',
  head,
  isLead: true,
  cell: ({ node, name }) => (
    <Link to="/targets" search={{ node: nodeId(node) }}>
      {name}
    </Link>
  ),
});

const BelowTable = ({
  node,
  rows,
  period,
  label,
  head,
}: {
  readonly node: Node;
  readonly rows: readonly TeamRow[];
  readonly period: string;
  readonly label: string;
  readonly head: string;
}) => {
  const first = useRowColumn(head);
  const below = useAttainmentBelow(node, period);
  const columns = useAttainmentColumns<TeamRow>({ of: (row) => below.of(row.node), isPending: below.isPending }, node.level === 'company');
  return <PlainTable label={label} rows={rows} rowId={(row) => nodeId(row.node)} columns={[first, ...columns]} />;
};

/** What was to be achieved in a year, its quarters and months, and what has been; then the same for the teams or people below. */
export const TargetsScreen = () => {
  const t = useTranslations('targets');
  const words = useTranslations('targets.kinds');
  const { calendar } = useMe();
  const nodes = useNodes();
  const people = usePeople();
  const [filter, change] = useFilter();
  const { node } = nodes;
  const kind = kinds.find((each) => each === filter['period']) ?? 'month';
  const year = useAttainmentOfYear(node, calendar.current.year.label);
  const below = node.level === 'rep' ? [] : rowsOf(node, nodes.groups, people.active).filter((row) => nodeId(row.node) !== nodeId(node));
  const period = calendar.current[kind];
  const nameOf = usePeriodName();
  return (
    <Screen
      title={t('title')}
      under={t('under', { node: nodes.nameOf(node), year: calendar.current.year.label })}
      freshness={year.whole}
      filters={<NodePicker of={nodes} />}
    >
      <PaceCards of={year.of} />
      <Card title={t('year')} under={t('counted')}>
        <YearTable key={nodeId(node)} node={node} year={year} label={t('year')} />
      </Card>
      {below.length === 0 ? null : (
        <Card
          title={t(below[0]?.node.level === 'team' ? 'teams' : 'people')}
          under={t('belowUnder', { period: nameOf(period) })}
          actions={
            <Choice
              label={t('period')}
              isLabelHidden
              value={kind}
              options={kinds.map((id) => ({ id, label: words(id) }))}
              onChange={(id) => change({ period: id === 'month' ? undefined : id })}
            />
          }
        >
          <BelowTable
            node={node}
            rows={below}
            period={period.label}
            label={t('below')}
            head={t(below[0]?.node.level === 'team' ? 'team' : 'person')}
          />
        </Card>
      )}
      <p className={styles['soft']}>
        {t('differs')}{' '}
        <Link to="/forecast" search={{ node: nodeId(node) }}>
          {t('toForecast')}
        </Link>
      </p>
    </Screen>
  );
};
