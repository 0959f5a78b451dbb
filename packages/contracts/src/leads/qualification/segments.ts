import { predicate } from '@meilenstein/kernel';
import * as z from 'zod';

/** By what a segment cuts the market. */
const segmentKind = z.enum(['geographic', 'demographic', 'psychographic', 'behavioural', 'firmographic', 'persona']);

/** A named set of leads: everybody of whom the predicate is true now. */
export const segment = z.strictObject({
  segmentId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(120),
  kind: segmentKind,
  when: predicate,
});
export type Segment = z.output<typeof segment>;

/** All segments of a company; a lead's first one is the segment of its opportunity. */
export const segments = z.array(segment).max(100);
