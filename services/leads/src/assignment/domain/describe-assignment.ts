import type { GiveBackReason } from '@meilenstein/contracts';
import type { RepId } from '@meilenstein/kernel';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';

/** The names of reps, and the time zone of the text. */
export type Wording = { readonly names: (id: RepId) => string; readonly zone: string };

const versionOf = ({ version }: RoutingRecord): string =>
  version === 0 ? 'no rules are published yet' : `version ${version} of the rules`;

const isKept = ({ to }: RoutingRecord): boolean => to.kind === 'rep' && to.reason === 'account-owner';

/** The rule that decided, and the rules before it that did not match. */
export const ruleSentences = (routing: RoutingRecord): readonly string[] => {
  const { ruleId, rules, territoryId } = routing;
  const where = territoryId === null ? [] : [`It belongs to the territory ${territoryId}.`];
  const passed = rules.filter((one) => one.id !== ruleId).map((one) => `“${one.name}” did not match: ${one.words}.`);
  const decisive = rules.find((one) => one.id === ruleId);
  if (ruleId === null) return [`No rule matched this lead (${versionOf(routing)}).`, ...passed];
  const name = `the rule “${decisive?.name ?? ruleId}”`;
  // The account owner keeps the lead whatever the rules say, and it still counts in the rotation.
  const what = isKept(routing) ? `It counts as a lead of ${name}` : `It was routed by ${name}`;
  if (decisive === undefined) return [`${what} (${versionOf(routing)}).`, ...where];
  return [`${what} (${versionOf(routing)}): ${decisive.words}.`, ...where, ...passed.map((one) => `Before it, ${one}`)];
};

const choiceSentences = ({ candidates, eligible, to }: RoutingRecord, names: Wording['names']): readonly string[] => {
  if (to.kind === 'queue') return [queuedSentence(to)];
  const whose = names(to.repId);
  if (to.reason === 'account-owner') return [`${whose} owns the account and keeps it.`];
  if (eligible === 1) return [`${whose} was the only eligible rep.`];
  const had = candidates.map((one) => `${names(one.repId)} ${one.count}${one.weight === 1 ? '' : ` at weight ${one.weight}`}`);
  return [`It was the turn of ${whose}, one of ${eligible} eligible reps; leads that each had received before: ${had.join(', ')}.`];
};

/** Says that no rep was found, and into which queue the lead went. */
export const queuedSentence = ({ queueId, reason }: Extract<RoutingRecord['to'], { kind: 'queue' }>): string =>
  `${reason === 'no-matching-rule' ? 'No rule matched, so' : 'No rep was eligible, so'} it went to the queue ${queueId}.`;

const passedOverSentences = ({ excluded, excludedBy }: RoutingRecord, names: Wording['names']): readonly string[] => {
  const all = Object.values(excludedBy).reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const more = all > excluded.length ? `, and ${all - excluded.length} more` : '';
  return [`Passed over: ${excluded.map((one) => `${names(one.repId)} ${one.words === '' ? one.code : one.words}`).join('; ')}${more}.`];
};

const reasons: Readonly<Record<string, string>> = {
  manual: 'was assigned this lead by hand',
  'queue-picked': 'picked it from the queue',
  import: 'owned it in the system that it was imported from',
  merge: 'owned the lead that turned out to be the same person',
};

/** Whether a person, and not the rules, made the last assignment. */
export const isByHand = ({ owner }: Pick<AssignmentState, 'owner'>): boolean => owner !== null && Object.hasOwn(reasons, owner.reason);

const giveBackReasons: Readonly<Record<GiveBackReason, string>> = {
  'no-time': 'no time for it',
  'other-market': 'it belongs to another market',
  'lacks-a-skill': 'it asks for a skill that is missing',
  'lacks-the-language': 'it asks for a language that is missing',
  'knows-the-person': 'knows the person too well',
  other: 'for another reason',
};

const givenBackSentences = ({ givenBack: last }: AssignmentState, { names, zone }: Wording): readonly string[] => {
  if (last === null) return [];
  const { repId, byOwner, reason, note } = last;
  const why = [...(reason === null ? [] : [giveBackReasons[reason]]), ...(note === null ? [] : [`“${note}”`])].join(', ');
  const at = timeInWords(last.at, zone);
  const what = byOwner ? `${names(repId)} gave it back on ${at}` : `It was taken from ${names(repId)} and given back on ${at}`;
  return [`${what}${why === '' ? '' : `: ${why}`}.`];
};

const takenReasons: Readonly<Record<NonNullable<AssignmentState['lastUnassigned']>['reason'], string>> = {
  'owner-has-left': 'who has left',
  'owner-is-absent': 'who is absent until after the deadline',
  'not-answered': 'who had not answered in time',
};

/** Why the rules took it away from a former owner. */
const unassignedSentences = ({ lastUnassigned: last }: AssignmentState, { names, zone }: Wording): readonly string[] =>
  last === undefined ? [] : [`It was taken from ${names(last.repId)}, ${takenReasons[last.reason]}, on ${timeInWords(last.at, zone)}.`];

/** Where a lead without an owner waits. */
export const queueSentences = ({ queue }: Pick<AssignmentState, 'queue'>, zone: string): readonly string[] => {
  if (queue === null) return ['It has no owner and is in no queue.'];
  const { queueId, since, isOverdue, dueAt } = queue;
  const by = `somebody ${isOverdue ? 'should have picked' : 'must pick'} it by ${timeInWords(dueAt, zone)}`;
  return [`It has waited in the queue ${queueId} since ${timeInWords(since, zone)}; ${by}.`];
};

const currentSentences = ({ owner, queue }: AssignmentState, { names, zone }: Wording): readonly string[] => {
  if (owner === null) return queueSentences({ queue }, zone);
  const why = reasons[owner.reason];
  return why === undefined ? [] : [`${names(owner.repId)} ${why}.`];
};

/** Why a lead is with its owner or in its queue, in sentences, the current state first. */
export const describeAssignment = (assignment: AssignmentState, routing: RoutingRecord | null, wording: Wording): readonly string[] => {
  const [now, before] = [
    currentSentences(assignment, wording),
    [...unassignedSentences(assignment, wording), ...givenBackSentences(assignment, wording)],
  ];
  if (routing === null) return [...now, ...before];
  const decided = choiceSentences(routing, wording.names).map((one) => (isByHand(assignment) ? `Before that: ${one}` : one));
  return [...now, ...decided, ...before, ...ruleSentences(routing), ...passedOverSentences(routing, wording.names)];
};
