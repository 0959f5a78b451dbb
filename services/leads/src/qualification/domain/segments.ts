import type { Segment } from '@meilenstein/contracts';
import { judge, type Facts, type Instant, type LeadId } from '@meilenstein/kernel';

export type LeadFacts = { readonly leadId: LeadId; readonly facts: Facts };

/** The size of a segment and its overlap with the others, before it is saved. */
export type SegmentPreview = {
  readonly size: number;
  readonly total: number;
  /** leads whose deciding values are unknown; they are not in the segment */
  readonly undecided: number;
  readonly examples: readonly LeadId[];
  /** `shared`: in both; `share` of this one, null where this one is empty */
  readonly overlaps: readonly {
    readonly segmentId: string;
    readonly name: string;
    readonly size: number;
    readonly shared: number;
    readonly share: number | null;
  }[];
};

const examplesShown = 10;

/** The segments that a lead is in. */
export const segmentsOf = (segments: readonly Segment[], facts: Facts, now: Instant): readonly string[] =>
  segments.filter((one) => judge(one.when, facts, now).answer === 'yes').map((one) => one.segmentId);

const membersOf = (when: Segment['when'], leads: readonly LeadFacts[], now: Instant): ReadonlySet<LeadId> =>
  new Set(leads.filter((lead) => judge(when, lead.facts, now).answer === 'yes').map((lead) => lead.leadId));

export const previewSegment = (
  candidate: Segment,
  others: readonly Segment[],
  leads: readonly LeadFacts[],
  now: Instant,
): SegmentPreview => {
  const members = membersOf(candidate.when, leads, now);
  const overlaps = others
    .filter((other) => other.segmentId !== candidate.segmentId)
    .map((other) => {
      const theirs = membersOf(other.when, leads, now);
      const shared = [...members].filter((id) => theirs.has(id)).length;
      return {
        segmentId: other.segmentId,
        name: other.name,
        size: theirs.size,
        shared,
        share: members.size === 0 ? null : shared / members.size,
      };
    });
  return {
    size: members.size,
    total: leads.length,
    undecided: leads.filter((lead) => judge(candidate.when, lead.facts, now).answer === 'unknown').length,
    examples: [...members].toSorted().slice(0, examplesShown),
    overlaps: overlaps.toSorted((a, b) => b.shared - a.shared || (a.segmentId < b.segmentId ? -1 : 1)),
  };
};
