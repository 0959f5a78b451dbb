import { refusal, type Refusal } from '@meilenstein/kernel';

/** A segment that somebody names must exist: a slip of the pen would be a segment of its own in every forecast and report. */
export const checkSegment = (segment: string | null | undefined, existing: readonly string[]): Refusal<'segment-not-found'> | undefined =>
  segment === null || segment === undefined || existing.includes(segment)
    ? undefined
    : refusal('segment-not-found', `segment: there is no such segment; GET /segments lists ${existing.join(', ') || 'none'}`, {
        field: 'segment',
        value: segment,
      });
