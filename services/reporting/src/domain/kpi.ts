import type { Company, KpiView, Node } from '@meilenstein/contracts';
import type { FiscalCalendar, Instant, Period, TimeZone } from '@meilenstein/kernel';
import type { Countable, Kind } from './facts.ts';

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

export type Targets = readonly {
  readonly node: Node;
  readonly effectiveFrom: string;
  readonly planVersion: number;
  readonly fiscalYear: number;
  readonly months: readonly number[];
}[];

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
  /** of one kind, occurred in [from, until), of the node */
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

/** Nodes that a report has rows for. */
export const nodesOf = (company: Company): readonly Node[] => [
  { level: 'company', key: 'company' },
  ...company.teams.map((team) => ({ level: 'team' as const, key: team.teamId })),
  ...company.reps.map((rep) => ({ level: 'rep' as const, key: rep.repId })),
];
