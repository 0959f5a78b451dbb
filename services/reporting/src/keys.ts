import type { ReportedEnvelope } from '@meilenstein/contracts';
import type { Day, Instant } from '@meilenstein/kernel';
import type { FactKind } from './facts/domain/report-fact.ts';

/** The only strings with `#` in this service. */
export const prefixes = { runs: 'RUNS' } as const;

/** One row for each subject with its events. A process has an id that the company chose, which another subject may have as well. */
export const rowKey = ({ name, subject }: Pick<ReportedEnvelope, 'name' | 'subject'>) => ({
  pk: name === 'ProcessPublished' ? `PROCESS#${subject}` : `SUBJECT#${subject}`,
  sk: 'ROW',
});

/** Facts by the UTC day on which they count; reads apply the company's zone, so that it may become known later. */
export const factsOfDay = (day: Day): string => `FACTS#${day}`;
export const factSort = (kind: FactKind, at: Instant, subject: string, number: number): string =>
  `${kind}#${at}#${subject}#${String(number).padStart(4, '0')}`;

/** The prefix of the sort keys of one kind of fact. */
export const kindPrefix = (kind: FactKind): string => `${kind}#`;

/** The targets of all nodes, read together once for each report. */
export const targetsPartition = 'TARGETS';
export const targetKey = (subject: string, sequence: number) => ({
  pk: targetsPartition,
  sk: `${subject}#${String(sequence).padStart(6, '0')}`,
});

/** gsi1: the runs of a report by period. */
export const reportPartition = (reportId: string): string => `REPORT#${reportId}`;
export const runsId = (reportId: string, period: string): string => `${reportId}_${period}`;
