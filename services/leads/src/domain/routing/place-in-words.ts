import type { GiveBackReason } from '@meilenstein/contracts';
import type { RepId } from '@meilenstein/kernel';
import type { Place, RoutedRecord } from './lead-place.ts';

type Names = (id: RepId) => string;

/** By which rule it was decided, and what was not true before it. */
export const ruleSentences = ({ ruleId, rules, version }: RoutedRecord): readonly string[] => {
  const passed = rules.filter((one) => one.id !== ruleId).map((one) => `${one.name}: ${one.words}`);
  const decisive = rules.find((one) => one.id === ruleId);
  const before = passed.length === 0 ? [] : [`Not true before it: ${passed.join(' · ')}.`];
  if (ruleId === null) return [`No rule was true (version ${version}).`, ...passed.map((one) => `${one}.`)];
  if (decisive === undefined) return [`The rule ${ruleId} decided (version ${version}).`];
  return [`The rule “${decisive.name}” decided (version ${version}): ${decisive.words}.`, ...before];
};

const turn = ({ candidates, eligible, to }: RoutedRecord, names: Names): readonly string[] => {
  if (to.kind === 'queue') return [`${to.reason === 'no-rule-is-true' ? 'So' : 'Nobody could be given it, so'} it went to the queue ${to.queueId}.`];
  const whose = names(to.repId);
  if (to.reason === 'account-owner') return [`${whose} owns the account and keeps it.`];
  if (eligible === 1) return [`${whose} was the only one who could be given it.`];
  const had = candidates.map((one) => `${names(one.repId)} ${one.count}${one.weight === 1 ? '' : ` at weight ${one.weight}`}`);
  return [`It was the turn of ${whose}, one of ${eligible} who could be given it; they had had: ${had.join(', ')}.`];
}; // prettier-ignore

const passedOver = ({ excluded, excludedBy }: RoutedRecord, names: Names): readonly string[] => {
  const all = Object.values(excludedBy).reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const more = all > excluded.length ? `, and ${all - excluded.length} more` : '';
  return [`Passed over: ${excluded.map((one) => `${names(one.repId)} ${one.words === '' ? one.code : one.words}`).join('; ')}${more}.`];
};

const reasons: Readonly<Record<string, string>> = {
  manual: 'was given it by hand',
  'queue-picked': 'picked it from the queue',
  import: 'owned it in the system that it was imported from',
  merge: 'owned the lead that turned out to be the same person',
};

const giveBackReasons: Readonly<Record<GiveBackReason, string>> = {
  'no-time': 'no time for it',
  'other-market': 'it belongs to another market',
  'lacks-a-skill': 'it asks for a skill that is missing',
  'lacks-the-language': 'it asks for a language that is missing',
  'knows-the-person': 'knows the person too well',
  other: 'for another reason',
};

const givenBack = ({ givenBack: last }: Place, names: Names): readonly string[] => {
  if (last === null) return [];
  const { repId, at, byOwner, reason, note } = last;
  const why = [...(reason === null ? [] : [giveBackReasons[reason]]), ...(note === null ? [] : [`“${note}”`])].join(', ');
  const what = byOwner ? `${names(repId)} gave it back on ${at}` : `It was taken from ${names(repId)} and given back on ${at}`;
  return [`${what}${why === '' ? '' : `: ${why}`}.`];
};

/** Where a lead waits that nobody owns. */
export const queueSentences = ({ queue }: Pick<Place, 'queue'>): readonly string[] => {
  if (queue === null) return ['Nobody owns it, and it waits in no queue.'];
  return [`It waits in the queue ${queue.queueId} since ${queue.since}; somebody ${queue.isOverdue ? 'should have picked' : 'must pick'} it by ${queue.dueAt}.`];
}; // prettier-ignore

const today = ({ owner, queue }: Place, names: Names): readonly string[] => {
  if (owner === null) return queueSentences({ queue });
  const why = reasons[owner.reason];
  return why === undefined ? [] : [`${names(owner.repId)} ${why}.`];
};

/** Why a lead is with its owner or in its queue, one thought a sentence, what holds today first. */
export const placeInWords = (place: Place, routing: RoutedRecord | null, names: Names): readonly string[] => {
  const [now, before] = [today(place, names), givenBack(place, names)];
  if (routing === null) return [...now, ...before];
  return [...now, ...turn(routing, names), ...before, ...ruleSentences(routing), ...passedOver(routing, names)];
};
