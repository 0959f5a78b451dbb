import type { Company, Node, NodeLevel } from '@meilenstein/contracts';
import { boundsOf, type FiscalCalendar, type Instant, type Period, type TimeZone } from '@meilenstein/kernel';
import type { CompanyAtCutOff } from '../../facts/domain/company-at-cut-off.ts';
import type { ReportFact } from '../../facts/domain/report-fact.ts';
import type { Kpi, Measure, TargetRecords } from '../../kpis/domain/kpi.ts';
import { factsBefore, factsOfNode, targetsBefore } from '../../facts/domain/facts-before-cut-off.ts';

export type ReportRow = { readonly kpi: Kpi; readonly node: Node; readonly name: string; readonly measure: Measure };

export type ReportInput = {
  readonly kpis: readonly Kpi[];
  readonly companyAtCutOff: CompanyAtCutOff;
  readonly period: Period;
  readonly cutOff: Instant;
  readonly zone: TimeZone;
  readonly calendar: FiscalCalendar;
  readonly reportFacts: readonly ReportFact[];
  readonly targets: TargetRecords;
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

/** The company, then teams and reps by key: those that are listed, and all owners of facts, so that the files have equal sums. */
const nodesOf = ({ listed }: CompanyAtCutOff, reportFacts: readonly ReportFact[]): readonly Node[] => {
  const owners = reportFacts.flatMap((fact) => ('owner' in fact && fact.owner !== null ? [fact.owner] : []));
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

/** The times at which a fact and its later events were recorded. */
const recordedTimes = (fact: ReportFact): Instant[] => {
  const laterEvents = (): readonly ({ readonly recordedAt: Instant } | null)[] => {
    if ('merges' in fact) return [fact.converted, fact.mql, fact.sql, ...fact.merges];
    if (fact.kind === 'opportunity') return [fact.won, fact.cancelled, ...fact.orders];
    return fact.kind === 'deadline' ? [...fact.answers, fact.ended] : [];
  };
  const later = laterEvents();
  return [fact.recordedAt, ...later.flatMap((one) => one?.recordedAt ?? [])];
};

/** Every KPI for the company, each team and each rep, from the facts that were known before the cut-off. */
export const compileReport = (input: ReportInput): Report => {
  const { kpis, companyAtCutOff, period, cutOff, zone, calendar } = input;
  const known = {
    reportFacts: factsBefore(cutOff, input.reportFacts),
    targets: targetsBefore(cutOff, input.targets),
    calendar,
    company: companyAtCutOff.company,
  };
  const { from, until } = boundsOf(period, zone);
  const rows = nodesOf(companyAtCutOff, known.reportFacts).flatMap((node) => {
    const facts = factsOfNode(known, node);
    const question = { period, from, until, cutOff, zone, calendar, node };
    return kpis.flatMap((kpi) =>
      kpi.measure(facts, question).map((measure) => ({ kpi, node, name: nameOf(companyAtCutOff.company, node), measure })),
    );
  });
  const of = (level: NodeLevel) => rows.filter((row) => row.node.level === level);
  return {
    rows: { company: of('company'), team: of('team'), rep: of('rep') },
    watermark: known.reportFacts.flatMap(recordedTimes).toSorted().at(-1) ?? null,
  };
};
