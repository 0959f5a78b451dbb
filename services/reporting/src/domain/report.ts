import type { Company, Node, NodeLevel } from '@meilenstein/contracts';
import { boundsOf, type FiscalCalendar, type Instant, type Period, type TimeZone } from '@meilenstein/kernel';
import type { CompanyThen } from './company-then.ts';
import type { Countable } from './facts.ts';
import type { Kpi, Measure, Targets } from './kpi.ts';
import { before, factsOf, targetsBefore } from './known-facts.ts';

export type ReportRow = { readonly kpi: Kpi; readonly node: Node; readonly name: string; readonly measure: Measure };

export type ReportInput = {
  readonly kpis: readonly Kpi[];
  readonly then: CompanyThen;
  readonly period: Period;
  readonly cutOff: Instant;
  readonly zone: TimeZone;
  readonly calendar: FiscalCalendar;
  readonly countables: readonly Countable[];
  readonly targets: Targets;
};

export type Report = {
  readonly rows: Readonly<Record<NodeLevel, readonly ReportRow[]>>;
  /** the newest `recordedAt` among the facts used */
  readonly watermark: Instant | null;
};

/** Reps appear by the code that the company chose, never by name. */
const nameOf = ({ teams, reps }: Company, { level, key }: Node): string => {
  if (level === 'company') return '';
  return level === 'team'
    ? (teams.find((team) => team.teamId === key)?.name ?? key)
    : (reps.find((rep) => rep.repId === key)?.repCode ?? key);
};

/** The company, then teams and reps by key: those that are listed, and whoever the facts are of, so that the files sum to the same. */
const nodesOf = ({ listed }: CompanyThen, countables: readonly Countable[]): readonly Node[] => {
  const owners = countables.flatMap((fact) => ('owner' in fact && fact.owner !== null ? [fact.owner] : []));
  const keys = (some: readonly string[], others: readonly (string | null)[]): readonly string[] =>
    [...new Set([...some, ...others.flatMap((one) => one ?? [])])].toSorted();
  const teams = keys(
    listed.teams.map((team) => team.teamId),
    owners.map((owner) => owner.teamId),
  );
  const reps = keys(
    listed.reps.map((rep) => rep.repId),
    owners.map((owner) => owner.repId),
  );
  return [
    { level: 'company', key: 'company' },
    ...teams.map((key) => ({ level: 'team' as const, key })),
    ...reps.map((key) => ({ level: 'rep' as const, key })),
  ];
};

/** When what a fact says was known: it, and what became of a lead or a promise later. */
const recordings = (fact: Countable): Instant[] => {
  const laterOf = (): readonly ({ readonly recordedAt: Instant } | null)[] => {
    if ('merges' in fact) return [fact.converted, fact.mql, fact.sql, ...fact.merges];
    if (fact.kind === 'opportunity') return [fact.won, fact.cancelled];
    return fact.kind === 'due' ? [...fact.answers, fact.ended] : [];
  };
  const later = laterOf();
  return [fact.recordedAt, ...later.flatMap((one) => one?.recordedAt ?? [])];
};

/** Every KPI for the company, each team and each rep, from the facts that were known before the cut-off. */
export const compileReport = (input: ReportInput): Report => {
  const { kpis, then, period, cutOff, zone, calendar } = input;
  const known = { countables: before(cutOff, input.countables), targets: targetsBefore(cutOff, input.targets), calendar };
  const { from, until } = boundsOf(period, zone);
  const rows = nodesOf(then, known.countables).flatMap((node) => {
    const facts = factsOf(known, node);
    const question = { period, from, until, cutOff, zone, calendar, node };
    return kpis.flatMap((kpi) => kpi.measure(facts, question).map((measure) => ({ kpi, node, name: nameOf(then.company, node), measure })));
  });
  const of = (level: NodeLevel) => rows.filter((row) => row.node.level === level);
  return {
    rows: { company: of('company'), team: of('team'), rep: of('rep') },
    watermark: known.countables.flatMap(recordings).toSorted().at(-1) ?? null,
  };
};
