import { predicate } from '@meilenstein/kernel';
import * as z from 'zod';

/** The criterion by which a segment divides the market. */
const segmentKind = z.enum(['geographic', 'demographic', 'psychographic', 'behavioural', 'firmographic', 'persona']);

/** A named set of leads: those for which the predicate is true now. */
export const segment = z.strictObject({
  segmentId: z.string().regex(/^[a-z0-9-]{1,40}$/, 'has 1 to 40 small letters, digits or -, such as old-crm'),
  name: z.string().min(1).max(120),
  kind: segmentKind,
  when: predicate,
});
export type Segment = z.output<typeof segment>;

/** All segments of a company. The first one of a lead becomes the segment of its opportunity. */
export const segments = z.array(segment).max(100);
