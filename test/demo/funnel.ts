import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope, RunView } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

const bucket = 'meilenstein-dev-000000000000-eu-central-1-reports';
const line = z
  .tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.coerce.number(), z.string()])
  .rest(z.string());
type Line = { readonly kpi: string; readonly dimension: string; readonly numerator: number; readonly denominator: number };

/** The rows of the three files of a run: company, teams, reps. */
const filesOf = (cloud: Cloud, run: RunView): readonly (readonly Line[])[] =>
  run.manifest.files.map(({ key }) => {
    const text = readFileSync(join(cloud.bucketFolder(bucket), key), 'utf8');
    const rows: unknown[] = parse(text, { bom: true, from_line: 2 });
    return rows.map((row) => {
      const [kpi, , , , , , , dimension, numerator, denominator] = line.parse(row);
      return { kpi, dimension, numerator, denominator: Number(denominator) };
    });
  });

const data = z.object({ leadId: z.string(), stage: z.string().optional(), again: z.boolean().optional(), repId: z.string().nullish() });

/** The persons that became known as of a stage in a period, and how many of them somebody had by then: from the history of leads alone. */
const qualifiedIn = (history: readonly Envelope[], stage: string, { period, cutOff }: RunView['manifest']) => {
  const isIn = (at: string | undefined): boolean => at !== undefined && period.from <= at && at < period.until && at < cutOff;
  const counted = [...Map.groupBy(history, (event) => event.subject).values()].map((events) => {
    const told = events.toSorted((a, b) => a.sequence - b.sequence);
    const reached = told.find(
      (event) => event.name === 'LeadQualified' && data.parse(event.data).stage === stage && data.parse(event.data).again === false,
    );
    if (reached === undefined) return { all: 0, owned: 0 };
    const owned = (data.parse(reached.data).repId ?? null) !== null ? reached : told.find((event) => event.name === 'LeadAssigned');
    const later = (a: string, b: string): string => (a < b ? b : a);
    const begin = owned && later(reached.recordedAt, owned.recordedAt);
    const merges = told.filter((event) => event.name === 'LeadAbsorbed' || event.name === 'LeadRestored');
    const movedSince = (since: string): number =>
      merges
        .filter((event) => isIn(later(since, event.recordedAt)))
        .reduce((sum, event) => sum + (event.name === 'LeadAbsorbed' ? -1 : 1), 0);
    const of = (since: string | undefined): number => (since === undefined ? 0 : Number(isIn(since)) + movedSince(since));
    return { all: of(reached.recordedAt), owned: of(begin) };
  });
  return {
    all: counted.reduce((sum, one) => sum + one.all, 0),
    owned: counted.reduce((sum, one) => sum + one.owned, 0),
  };
};

const counts = [
  ['mql', 'marketing-qualified-leads'],
  ['sql', 'sales-qualified-leads'],
] as const;
const conversions = ['lead-to-mql', 'mql-to-sql', 'sql-to-opportunity', 'opportunity-to-won'];

const sumOf = (rows: readonly Line[], part: 'numerator' | 'denominator' = 'numerator'): number =>
  rows.reduce((sum, row) => sum + row[part], 0);

export type Sum = { readonly promise: string; readonly expected: unknown; readonly found: unknown };

/** MQL and SQL of company, sources, markets, teams and reps against the history; conversions of sources against the company's. */
export const funnelSums = (cloud: Cloud, run: RunView, history: readonly Envelope[]): readonly Sum[] => {
  const [company = [], teams = [], reps = []] = filesOf(cloud, run);
  const of = (rows: readonly Line[], kpi: string, beginning: string): readonly Line[] =>
    rows.filter((row) => row.kpi === kpi && (beginning === '' ? row.dimension === '' : row.dimension.startsWith(beginning)));
  const about = `${run.reportId} ${run.period}`;
  return [
    ...counts.map(([stage, kpi]) => {
      const { all, owned } = qualifiedIn(history, stage, run.manifest);
      const found = [of(company, kpi, ''), of(company, kpi, 'source '), of(company, kpi, 'market '), of(teams, kpi, ''), of(reps, kpi, '')];
      return {
        promise: `${about}: ${kpi} of company, sources, markets, teams and reps = the leads’ own history`,
        expected: [all, all, all, owned, owned],
        found: found.map((rows) => sumOf(rows)),
      };
    }),
    ...conversions.map((kpi) => {
      const [whole] = of(company, kpi, 'cohort ');
      const split = of(company, kpi, 'source ');
      return {
        promise: `${about}: ${kpi} of the sources sums to the company’s`,
        expected: [whole?.numerator, whole?.denominator],
        found: [sumOf(split), sumOf(split, 'denominator')],
      };
    }),
  ];
};
