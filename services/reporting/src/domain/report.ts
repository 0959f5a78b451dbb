import type { Company, Node, NodeLevel } from '@meilenstein/contracts';
import { boundsOf, type FiscalCalendar, type Instant, type Period, type TimeZone } from '@meilenstein/kernel';
import type { Countable } from './facts.ts';
import { nodesOf, type Kpi, type Measure, type Targets } from './kpi.ts';
import { before, factsOf } from './known-facts.ts';

export type ReportRow = { readonly kpi: Kpi; readonly node: Node; readonly name: string; readonly measure: Measure };

export type ReportInput = {
  readonly kpis: readonly Kpi[];
  readonly company: Company;
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

/** When what a fact says was known: it, and what happened to a lead later. */
const recordings = (fact: Countable): Instant[] => {
  const later = fact.kind === 'lead' ? [fact.owner, fact.converted] : fact.kind === 'due' ? [...fact.answers, fact.ended] : [];
  return [fact.recordedAt, ...later.flatMap((one) => one?.recordedAt ?? [])];
};

/** Every KPI for the company, each team and each rep, from the facts that were known before the cut-off. */
export const compileReport = ({ kpis, company, period, cutOff, zone, calendar, countables, targets }: ReportInput): Report => {
  const known = { countables: before(cutOff, countables), targets, calendar };
  const { from, until } = boundsOf(period, zone);
  const rows = nodesOf(company).flatMap((node) => {
    const facts = factsOf(known, node);
    const question = { period, from, until, cutOff, zone, calendar, node };
    return kpis.flatMap((kpi) => kpi.measure(facts, question).map((measure) => ({ kpi, node, name: nameOf(company, node), measure })));
  });
  const used = known.countables.filter((fact) => fact.occurredAt < until).flatMap(recordings);
  const of = (level: NodeLevel) => rows.filter((row) => row.node.level === level);
  return { rows: { company: of('company'), team: of('team'), rep: of('rep') }, watermark: used.toSorted().at(-1) ?? null };
};
