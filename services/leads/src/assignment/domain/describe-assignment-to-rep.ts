import type { RepId } from '@meilenstein/kernel';
import { passedOverOf } from './passed-over.ts';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import { isByHand, queuedSentence, queueSentences, ruleSentences } from './describe-assignment.ts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';

/** The reader, and the time zone of the text. */
export type Reading = { readonly reader: RepId | undefined; readonly zone: string };

const choiceSentences = ({ eligible, to }: RoutingRecord): readonly string[] => {
  if (to.kind === 'queue') return [queuedSentence(to)];
  if (to.reason === 'account-owner') return ['You own the account and keep it.'];
  return [eligible === 1 ? 'You were the only eligible rep.' : `It was your turn: ${eligible} reps were eligible, including you.`];
};

const kinds = {
  'team-or-territory': 'because of their team or territory',
  'skills-or-languages': 'because they lack a skill or a language',
  other: 'for other reasons',
} as const;

const passedOverSentences = (routing: RoutingRecord): readonly string[] => {
  const { count, byKind } = passedOverOf(routing);
  if (count === 0) return [];
  const { 'team-or-territory': away, 'skills-or-languages': lacking, other } = byKind;
  const parts = (
    [
      ['team-or-territory', away],
      ['skills-or-languages', lacking],
      ['other', other],
    ] as const
  ).flatMap(([kind, those]) => (those === undefined ? [] : [`${those} ${kinds[kind]}`]));
  const who = count === 1 ? 'One other was' : `${count} others were`;
  return [`${who} passed over${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`];
};

const reasons: Readonly<Record<string, string>> = {
  manual: 'It was assigned to you by hand.',
  'queue-picked': 'You picked it from the queue.',
  import: 'It was yours in the system that it was imported from.',
  merge: 'You owned the lead that turned out to be the same person.',
};

const currentSentences = (assignment: AssignmentState, zone: string): readonly string[] => {
  if (assignment.owner === null) return queueSentences(assignment, zone);
  const why = reasons[assignment.owner.reason];
  return why === undefined ? [] : [why];
};

/** Says that it was given back, without the name or reason of anybody else. */
const givenBackSentences = ({ givenBack: last }: AssignmentState, { reader, zone }: Reading): readonly string[] => {
  if (last === null) return [];
  const at = timeInWords(last.at, zone);
  if (last.repId !== reader) return [`It was given back before, on ${at}.`];
  return [last.byOwner ? `You gave it back on ${at}.` : `It was taken from you and given back on ${at}.`];
};

/** Says that somebody else had it, without who and why. */
const unassignedSentences = ({ lastUnassigned: last }: AssignmentState, { reader, zone }: Reading): readonly string[] => {
  if (last === undefined) return [];
  return [`${last.repId === reader ? 'It was yours' : 'A colleague had it'} until ${timeInWords(last.at, zone)}.`];
};

/** Whether the decision explains the current owner or queue, and was not replaced by another owner or a decision by hand. */
export const concerns = ({ to }: RoutingRecord, { owner }: Pick<AssignmentState, 'owner'>): boolean =>
  to.kind === 'queue' || (to.repId === owner?.repId && !isByHand({ owner }));

/** Why a lead is with its owner or in its queue, for a rep; of colleagues it says only how many. */
export const describeAssignmentToRep = (
  assignment: AssignmentState,
  routing: RoutingRecord | null,
  reading: Reading,
): readonly string[] => {
  const [now, before] = [
    currentSentences(assignment, reading.zone),
    [...unassignedSentences(assignment, reading), ...givenBackSentences(assignment, reading)],
  ];
  if (routing === null || !concerns(routing, assignment)) return [...now, ...before];
  return [...now, ...choiceSentences(routing), ...before, ...ruleSentences(routing), ...passedOverSentences(routing)];
};
