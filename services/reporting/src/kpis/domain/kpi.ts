import type { KpiView, Node, TargetVersion } from '@meilenstein/contracts';
import type { FiscalCalendar, Instant, Period, TimeZone } from '@meilenstein/kernel';
import type { Countable, Kind } from '../../facts/domain/countable.ts';

/** One figure: numerator and denominator stay with it. `null` where a denominator is 0 or nothing can be said yet. */
export type Measure = {
  /** what the figure is of, beside the node: a milestone, a cohort; empty where there is only one */
  readonly dimension: string;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
  /** a cohort that is too young to be judged */
  readonly immature: boolean;
};

/** What plans gave to nodes, version by version, and since when that is known. */
export type Targets = readonly (TargetVersion & { readonly node: Node; readonly recordedAt: Instant })[];

/** What a KPI may look at: the facts known before the cut-off, and the questions of when and of whom. */
export type Question = {
  readonly period: Period;
  readonly from: Instant;
  readonly until: Instant;
  readonly cutOff: Instant;
  readonly zone: TimeZone;
  readonly calendar: FiscalCalendar;
  readonly node: Node;
};

export type Facts = {
  /** of one kind and of the node, that count in [from, until) */
  readonly of: <K extends Kind>(kind: K, from: Instant, until: Instant) => readonly Extract<Countable, { kind: K }>[];
  /** the node's target of a period of months in minor units; null where there is none */
  readonly targetOf: (period: Period) => number | null;
};

/** A versioned formula over facts. */
export type Kpi = KpiView & {
  /** what numerator and denominator are made of */
  readonly parts: 'money' | 'count';
  readonly measure: (facts: Facts, question: Question) => readonly Measure[];
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

export type StageFact = Extract<Countable, { kind: 'stage' | 'given-stage' }>;

/** What happened to stages of leads in a period: for the company, or for the team or rep that it counts for. */
export const stagesOf = (facts: Facts, { level }: Node, from: Instant, until: Instant): readonly StageFact[] =>
  level === 'company' ? facts.of('stage', from, until) : facts.of('given-stage', from, until);

export type LeadFact = Extract<Countable, { kind: 'lead' | 'given-lead' }>;

/** Leads of a period: for the company when it knew them, for a team or rep when they first got them. */
export const leadsOf = (facts: Facts, { level }: Node, from: Instant, until: Instant): readonly LeadFact[] =>
  level === 'company' ? facts.of('lead', from, until) : facts.of('given-lead', from, until);
