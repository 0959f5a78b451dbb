import { segments, segmentsPublished, type Happened, type Segment, type SegmentsFact } from '@meilenstein/contracts';
import { checkPredicate, decided, refused, type Decision, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { leadFieldTypes } from '../../scoring/domain/lead-facts.ts';

/** The segments of the market; version 0 has none. */
export const segmentsInForce = z.object({ version: z.int().nonnegative(), segments });
export type SegmentsInForce = z.output<typeof segmentsInForce>;

export const noSegments: SegmentsInForce = { version: 0, segments: [] };

export type SegmentsRefusal = PredicateRefusal | Refusal<'duplicate-segment'>;

export const evolveSegments = (_before: SegmentsInForce, { data }: Happened<SegmentsFact>): SegmentsInForce => data;

/** Refuses segments that cannot be published, for the first fault. */
export const checkSegments = (given: readonly Segment[]): PredicateRefusal | undefined =>
  given.map((one, index) => checkPredicate(one.when, leadFieldTypes, `segments[${index}].when`)).find((wrong) => wrong !== undefined);

export const publishSegments = (before: SegmentsInForce, given: readonly Segment[]): Decision<SegmentsFact, SegmentsRefusal> => {
  const twice = given.find((one, index) => given.findIndex((other) => other.segmentId === one.segmentId) !== index);
  if (twice !== undefined)
    return refused('duplicate-segment', `segments: ${twice.segmentId} appears more than once`, {
      field: 'segments',
      value: twice.segmentId,
    });
  const wrong = checkSegments(given);
  return wrong === undefined ? decided(segmentsPublished.of({ version: before.version + 1, segments: [...given] })) : { refused: wrong };
};
