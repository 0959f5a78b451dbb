import type { RepId } from '@meilenstein/kernel';
import { passedOverOf } from './passed-over.ts';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import { isByHand, queuedSentence, queueSentences, ruleSentences } from './describe-assignment.ts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';

/** Who reads, and in which times. */
export type Reading = { readonly reader: RepId | undefined; readonly zone: string };

const turn = ({ eligible, to }: RoutingRecord): readonly string[] => {
  if (to.kind === 'queue') return [queuedSentence(to)];
  if (to.reason === 'account-owner') return ['You own the account and keep it.'];
  return [eligible === 1 ? 'You were the only eligible rep.' : `It was your turn: ${eligible} reps were eligible, including you.`];
};

const kinds = {
  'team-or-territory': 'because of their team or territory',
  'skills-or-languages': 'because they lack a skill or a language',
  other: 'for other reasons',
} as const;

const passedOver = (routing: RoutingRecord): readonly string[] => {
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

const today = (assignment: AssignmentState, zone: string): readonly string[] => {
  if (assignment.owner === null) return queueSentences(assignment, zone);
  const why = reasons[assignment.owner.reason];
  return why === undefined ? [] : [why];
};

/** That it was given back, and by nobody else's name or reason. */
const givenBack = ({ givenBack: last }: AssignmentState, { reader, zone }: Reading): readonly string[] => {
  if (last === null) return [];
  const at = timeInWords(last.at, zone);
  if (last.repId !== reader) return [`It was given back before, on ${at}.`];
  return [last.byOwner ? `You gave it back on ${at}.` : `It was taken from you and given back on ${at}.`];
};

/** That somebody else had it, and nothing of who that was and why it was taken away. */
const taken = ({ lastUnassigned: last }: AssignmentState, { reader, zone }: Reading): readonly string[] => {
  if (last === undefined) return [];
  return [`${last.repId === reader ? 'It was yours' : 'A colleague had it'} until ${timeInWords(last.at, zone)}.`];
};

/** Whether a decision brought the lead to where it is, and not to somebody else or before a person decided otherwise. */
export const concerns = ({ to }: RoutingRecord, { owner }: Pick<AssignmentState, 'owner'>): boolean =>
  to.kind === 'queue' || (to.repId === owner?.repId && !isByHand({ owner }));

/** Why a lead is with its owner or waits, told to a rep; of colleagues it says no more than how many. */
export const describeAssignmentToRep = (
  assignment: AssignmentState,
  routing: RoutingRecord | null,
  reading: Reading,
): readonly string[] => {
  const [now, before] = [today(assignment, reading.zone), [...taken(assignment, reading), ...givenBack(assignment, reading)]];
  if (routing === null || !concerns(routing, assignment)) return [...now, ...before];
  return [...now, ...turn(routing), ...before, ...ruleSentences(routing), ...passedOver(routing)];
};
