import type { RepId } from '@meilenstein/kernel';
import { timeInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import type { AssignmentState, RoutingRecord } from '../../lead/domain/lead-assignment.ts';
import { assignmentTexts } from './texts.ts';

/** The names of reps, and the language and time zone of the text. */
export type Wording = Locale & { readonly names: (id: RepId) => string };

const versionOf = ({ version }: RoutingRecord, { language }: Locale): string => {
  const { shared } = assignmentTexts[language];
  return version === 0 ? shared.noRules : shared.version(version);
};

const isKept = ({ to }: RoutingRecord): boolean => to.kind === 'rep' && to.reason === 'account-owner';

/** The rule that decided, and the rules before it that did not match. */
export const ruleSentences = (routing: RoutingRecord, locale: Locale): readonly string[] => {
  const { ruleId, rules, territoryId } = routing;
  const { language } = locale;
  const { shared } = assignmentTexts[language];
  const version = versionOf(routing, locale);
  const where = territoryId === null ? [] : [shared.territory(territoryId)];
  const passed = rules.filter((one) => one.id !== ruleId).map((one) => shared.didNotMatch(one.name, one.words[language]));
  const decisive = rules.find((one) => one.id === ruleId);
  if (ruleId === null) return [shared.noRuleMatched(version), ...passed];
  const name = decisive?.name ?? ruleId;
  // The account owner keeps the lead whatever the rules say, and it still counts in the rotation.
  const what = isKept(routing) ? shared.countsFor(name, version) : shared.routedBy(name, version);
  if (decisive === undefined) return [`${what}.`, ...where];
  return [`${what}: ${decisive.words[language]}.`, ...where, ...passed.map(shared.earlierRule)];
};

const choiceSentences = ({ candidates, eligible, to }: RoutingRecord, { names, language }: Wording): readonly string[] => {
  if (to.kind === 'queue') return [queuedSentence(to, language)];
  const { manager } = assignmentTexts[language];
  const whose = names(to.repId);
  if (to.reason === 'account-owner') return [manager.accountOwner(whose)];
  if (eligible === 1) return [manager.onlyRep(whose)];
  const had = candidates.map((one) => manager.contender(names(one.repId), one.count, one.weight));
  return [manager.turn(whose, eligible, had.join(', '))];
};

/** Says that no rep was found, and into which queue the lead went. */
export const queuedSentence = (
  { queueId, reason }: Extract<RoutingRecord['to'], { kind: 'queue' }>,
  language: Locale['language'],
): string => {
  const { shared } = assignmentTexts[language];
  return reason === 'no-matching-rule' ? shared.noMatchingRule(queueId) : shared.noEligibleRep(queueId);
};

const passedOverSentences = ({ excluded, excludedBy }: RoutingRecord, { names, language }: Wording): readonly string[] => {
  const all = Object.values(excludedBy).reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const { manager, exclusions } = assignmentTexts[language];
  const named = excluded.map((one) => `${names(one.repId)} ${one.words?.[language] ?? exclusions.codes[one.code]}`);
  return [manager.passedOver(named.join('; '), all - excluded.length)];
};

/** How a person, and not the rules, made the last assignment; undefined if the rules did. */
export const handReasonOf = ({ owner }: Pick<AssignmentState, 'owner'>): 'manual' | 'queue-picked' | 'import' | 'merge' | undefined => {
  switch (owner?.reason) {
    case 'manual':
    case 'queue-picked':
    case 'import':
    case 'merge':
      return owner.reason;
    default:
      return undefined;
  }
};

const givenBackSentences = ({ givenBack: last }: AssignmentState, wording: Wording): readonly string[] => {
  if (last === null) return [];
  const { manager } = assignmentTexts[wording.language];
  const { repId, byOwner, reason, note } = last;
  const why = [...(reason === null ? [] : [manager.giveBackReasons[reason]]), ...(note === null ? [] : [manager.note(note)])].join(', ');
  const [name, at] = [wording.names(repId), timeInWords(last.at, wording)];
  return [byOwner ? manager.gaveBack(name, at, why) : manager.takenAndGivenBack(name, at, why)];
};

/** Why the rules took it away from a former owner. */
const unassignedSentences = ({ lastUnassigned: last }: AssignmentState, wording: Wording): readonly string[] =>
  last === undefined
    ? []
    : [assignmentTexts[wording.language].manager.taken[last.reason](wording.names(last.repId), timeInWords(last.at, wording))];

/** Where a lead without an owner waits. */
export const queueSentences = ({ queue }: Pick<AssignmentState, 'queue'>, locale: Locale): readonly string[] => {
  const { shared } = assignmentTexts[locale.language];
  if (queue === null) return [shared.nowhere];
  const { queueId, since, isOverdue, dueAt } = queue;
  const text = isOverdue ? shared.waitsTooLong : shared.waits;
  return [text(queueId, timeInWords(since, locale), timeInWords(dueAt, locale))];
};

const currentSentences = ({ owner, queue }: AssignmentState, wording: Wording): readonly string[] => {
  if (owner === null) return queueSentences({ queue }, wording);
  const reason = handReasonOf({ owner });
  return reason === undefined ? [] : [assignmentTexts[wording.language].manager.byHand[reason](wording.names(owner.repId))];
};

/** Why a lead is with its owner or in its queue, in sentences, the current state first. */
export const describeAssignment = (assignment: AssignmentState, routing: RoutingRecord | null, wording: Wording): readonly string[] => {
  const [now, before] = [
    currentSentences(assignment, wording),
    [...unassignedSentences(assignment, wording), ...givenBackSentences(assignment, wording)],
  ];
  if (routing === null) return [...now, ...before];
  const isByHand = handReasonOf(assignment) !== undefined;
  const { earlier } = assignmentTexts[wording.language].manager;
  const decided = choiceSentences(routing, wording).map((one) => (isByHand ? earlier(one) : one));
  return [...now, ...decided, ...before, ...ruleSentences(routing, wording), ...passedOverSentences(routing, wording)];
};
