import type { KpiView, Node, TargetVersion } from '@meilenstein/contracts';
import type { FiscalCalendar, Instant, Period, TimeZone } from '@meilenstein/kernel';
import type { ReportFact, FactKind } from '../../facts/domain/report-fact.ts';

/** One figure with its numerator and denominator. The value is null where the denominator is 0 or the figure is not final yet. */
export type Measure = {
  /** a further breakdown beside the node, such as a milestone or a cohort; empty where there is none */
  readonly dimension: string;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
  /** a cohort that is too young to be evaluated */
  readonly immature: boolean;
};

/** The targets of nodes, version by version, and since when each is known. */
export type TargetRecords = readonly (TargetVersion & { readonly node: Node; readonly recordedAt: Instant })[];

/** The period and the node that a KPI is computed for. */
export type MeasureContext = {
  readonly period: Period;
  readonly from: Instant;
  readonly until: Instant;
  readonly cutOff: Instant;
  readonly zone: TimeZone;
  readonly calendar: FiscalCalendar;
  readonly node: Node;
};

export type NodeFacts = {
  /** the node's facts of one kind that count in [from, until) */
  readonly of: <K extends FactKind>(kind: K, from: Instant, until: Instant) => readonly Extract<ReportFact, { kind: K }>[];
  /** the node's target for a month, quarter or year in minor units; null where there is none */
  readonly targetOf: (period: Period) => number | null;
};

/** A versioned formula over facts. */
export type Kpi = KpiView & {
  /** the unit of numerator and denominator */
  readonly parts: 'money' | 'count';
  readonly measure: (facts: NodeFacts, question: MeasureContext) => readonly Measure[];
};

export const count = (numerator: number, dimension = ''): Measure => ({
  dimension,
  numerator,
  denominator: null,
  value: numerator,
  immature: false,
});

export const ratio = (numerator: number, denominator: number, dimension = ''): Measure => ({
  dimension,
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
  immature: false,
});

export type StageFact = Extract<ReportFact, { kind: 'stage' | 'assigned-stage' }>;

/** The stages that leads reached in a period, for the company, or for the team or rep that owns the lead. */
export const stageFactsOf = (facts: NodeFacts, { level }: Node, from: Instant, until: Instant): readonly StageFact[] =>
  level === 'company' ? facts.of('stage', from, until) : facts.of('assigned-stage', from, until);

export type LeadFact = Extract<ReportFact, { kind: 'lead' | 'assigned-lead' }>;

/** The leads of a period: for the company those that became known, for a team or rep those first assigned to it. */
export const leadFactsOf = (facts: NodeFacts, { level }: Node, from: Instant, until: Instant): readonly LeadFact[] =>
  level === 'company' ? facts.of('lead', from, until) : facts.of('assigned-lead', from, until);
