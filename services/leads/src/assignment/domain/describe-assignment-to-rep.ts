import type { RepId } from '@meilenstein/kernel';
import { passedOverOf } from './passed-over.ts';
import { timeInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import { handReasonOf, queuedSentence, queueSentences, ruleSentences } from './describe-assignment.ts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';
import { assignmentTexts } from './texts.ts';

/** The reader, and the language and time zone of the text. */
export type Reading = Locale & { readonly reader: RepId | undefined };

const choiceSentences = ({ eligible, to }: RoutingRecord, { language }: Reading): readonly string[] => {
  if (to.kind === 'queue') return [queuedSentence(to, language)];
  const { rep } = assignmentTexts[language];
  if (to.reason === 'account-owner') return [rep.accountOwner];
  return [eligible === 1 ? rep.onlyRep : rep.turn(eligible)];
};

const passedOverSentences = (routing: RoutingRecord, { language }: Reading): readonly string[] => {
  const { count, byKind } = passedOverOf(routing);
  if (count === 0) return [];
  const { rep } = assignmentTexts[language];
  const kinds = ['team-or-territory', 'skills-or-languages', 'other'] as const;
  const parts = kinds.flatMap((kind) => {
    const those = byKind[kind];
    return those === undefined ? [] : [rep.kinds[kind](those)];
  });
  return [rep.passedOver(count, parts.join(', '))];
};

const currentSentences = (assignment: AssignmentState, reading: Reading): readonly string[] => {
  if (assignment.owner === null) return queueSentences(assignment, reading);
  const reason = handReasonOf(assignment);
  return reason === undefined ? [] : [assignmentTexts[reading.language].rep.byHand[reason]];
};

/** Says that it was given back, without the name or reason of anybody else. */
const givenBackSentences = ({ givenBack: last }: AssignmentState, reading: Reading): readonly string[] => {
  if (last === null) return [];
  const { rep } = assignmentTexts[reading.language];
  const at = timeInWords(last.at, reading);
  if (last.repId !== reading.reader) return [rep.givenBackByOther(at)];
  return [last.byOwner ? rep.gaveBack(at) : rep.takenAndGivenBack(at)];
};

/** Says that somebody else had it, without who and why. */
const unassignedSentences = ({ lastUnassigned: last }: AssignmentState, reading: Reading): readonly string[] => {
  if (last === undefined) return [];
  const { rep } = assignmentTexts[reading.language];
  const until = timeInWords(last.at, reading);
  return [last.repId === reading.reader ? rep.wasYours(until) : rep.wasColleagues(until)];
};

/** Whether the decision explains the current owner or queue, and was not replaced by another owner or a decision by hand. */
export const concerns = ({ to }: RoutingRecord, { owner }: Pick<AssignmentState, 'owner'>): boolean =>
  to.kind === 'queue' || (to.repId === owner?.repId && handReasonOf({ owner }) === undefined);

/** Why a lead is with its owner or in its queue, for a rep; of colleagues it says only how many. */
export const describeAssignmentToRep = (
  assignment: AssignmentState,
  routing: RoutingRecord | null,
  reading: Reading,
): readonly string[] => {
  const [now, before] = [
    currentSentences(assignment, reading),
    [...unassignedSentences(assignment, reading), ...givenBackSentences(assignment, reading)],
  ];
  if (routing === null || !concerns(routing, assignment)) return [...now, ...before];
  return [
    ...now,
    ...choiceSentences(routing, reading),
    ...before,
    ...ruleSentences(routing, reading),
    ...passedOverSentences(routing, reading),
  ];
};
