import type { RoutingExplanation } from '@meilenstein/contracts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';
import { passedOverOf } from './passed-over.ts';
import { assignmentTexts } from './texts.ts';
import { describeAssignment, type Wording } from './describe-assignment.ts';
import { concerns, describeAssignmentToRep, type Reading } from './describe-assignment-to-rep.ts';

/** Why a lead is with its owner or in its queue, with all reps considered: for managers. */
export const explainRouting = (assignment: AssignmentState, routing: RoutingRecord | null, wording: Wording): RoutingExplanation => {
  const sentences = [...describeAssignment(assignment, routing, wording)];
  if (routing === null) return { decision: null, sentences };
  const { rules: _rules, rotation: _rotation, excluded, ...decision } = routing;
  const { language } = wording;
  const reasons = excluded.map(({ words, ...one }) => ({
    ...one,
    words: words?.[language] ?? assignmentTexts[language].exclusions.codes[one.code],
  }));
  return { decision: { ...decision, excluded: reasons, passedOver: passedOverOf(routing) }, sentences };
};

/**
 * The same for a rep: why they got their own lead, or why a lead waits, and of colleagues only how many. A decision for another rep
 * is not shown.
 */
export const explainRoutingTo = (reading: Reading, assignment: AssignmentState, routing: RoutingRecord | null): RoutingExplanation => {
  const { owner } = assignment;
  if (owner !== null && owner.repId !== reading.reader)
    return { decision: null, sentences: [assignmentTexts[reading.language].rep.isColleagues] };
  const sentences = [...describeAssignmentToRep(assignment, routing, reading)];
  if (routing === null || !concerns(routing, assignment)) return { decision: null, sentences };
  const { at, version, ruleId, territoryId, to, eligible } = routing;
  return { decision: { at, version, ruleId, territoryId, to, eligible, passedOver: passedOverOf(routing) }, sentences };
};
