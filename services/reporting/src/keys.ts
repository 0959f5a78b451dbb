import type { ReportedEnvelope } from '@meilenstein/contracts';
import type { Day, Instant } from '@meilenstein/kernel';
import type { Kind } from './facts/domain/countable.ts';

/** The only strings with `#` in this service. */
export const prefixes = { runs: 'RUNS' } as const;

/** A row for each subject: the events heard of it. A process has an id that the company chose, which may be another subject's as well. */
export const rowKey = ({ name, subject }: Pick<ReportedEnvelope, 'name' | 'subject'>) => ({
  pk: name === 'ProcessPublished' ? `PROCESS#${subject}` : `SUBJECT#${subject}`,
  sk: 'ROW',
});

/** Facts by the UTC day whose period they belong to; the company's zone is applied on reading, so that it may be learnt late. */
export const factsOfDay = (day: Day): string => `FACTS#${day}`;
export const factSort = (kind: Kind, at: Instant, subject: string, number: number): string =>
  `${kind}#${at}#${subject}#${String(number).padStart(4, '0')}`;

/** How the sort keys of the facts of one kind begin. */
export const kindPrefix = (kind: Kind): string => `${kind}#`;

/** Targets of all nodes: read together, once a report. */
export const targetsPartition = 'TARGETS';
export const targetKey = (subject: string, sequence: number) => ({
  pk: targetsPartition,
  sk: `${subject}#${String(sequence).padStart(6, '0')}`,
});

/** gsi1: the runs of a report by period. */
export const reportPartition = (reportId: string): string => `REPORT#${reportId}`;
export const runsId = (reportId: string, period: string): string => `${reportId}_${period}`;
