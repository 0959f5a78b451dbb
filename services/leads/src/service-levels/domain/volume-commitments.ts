import {
  volumeCommitment,
  volumeCommitted,
  month,
  type Happened,
  type VolumeCommitmentFact,
  type VolumeCommitment,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** The volume commitments for one month; version 0: none yet. */
export const monthlyCommitments = z.object({
  month: month.nullable(),
  version: z.int().nonnegative(),
  commitments: z.array(volumeCommitment),
});
export type MonthlyCommitments = z.output<typeof monthlyCommitments>;

export const noCommitments: MonthlyCommitments = { month: null, version: 0, commitments: [] };

export type CommitmentRefusal = Refusal<'month-ended' | 'segment-not-found' | 'duplicate-commitment'>;

export const evolveCommitments = (_before: MonthlyCommitments, { data }: Happened<VolumeCommitmentFact>): MonthlyCommitments => data;

const sameThing = (a: VolumeCommitment, b: VolumeCommitment): boolean => a.segmentId === b.segmentId && a.stage === b.stage;

/** Publishes the commitments of a month, until the month ends. */
export const commitVolume = (
  before: MonthlyCommitments,
  { month: of, commitments }: { readonly month: string; readonly commitments: readonly VolumeCommitment[] },
  { thisMonth, segments }: { readonly thisMonth: string; readonly segments: readonly string[] },
): Decision<VolumeCommitmentFact, CommitmentRefusal> => {
  if (of < thisMonth)
    return refused('month-ended', `month: ${of} has ended; a commitment can be changed until its month ends`, {
      field: 'month',
      value: of,
    });
  const twice = commitments.findIndex((one, index) => commitments.findIndex((other) => sameThing(one, other)) !== index);
  if (twice >= 0)
    return refused('duplicate-commitment', `commitments[${twice}]: there is another commitment for this segment and stage`, {
      field: `commitments[${twice}]`,
    });
  const stranger = commitments.findIndex(({ segmentId }) => segmentId !== null && !segments.includes(segmentId));
  const unknown = commitments[stranger]?.segmentId ?? null;
  if (unknown !== null) {
    const field = `commitments[${stranger}].segmentId`;
    return refused('segment-not-found', `${field}: there is no such segment; GET /segments lists ${segments.join(', ') || 'none'}`, {
      field,
      value: unknown,
    });
  }
  return decided(volumeCommitted.of({ month: of, version: before.version + 1, commitments: [...commitments] }));
};
