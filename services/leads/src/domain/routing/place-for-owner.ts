import type { RepId } from '@meilenstein/kernel';
import { passedOverOf } from './passed-over.ts';
import { queueSentences, ruleSentences } from './place-in-words.ts';
import type { Place, RoutedRecord } from './lead-place.ts';

const turn = ({ eligible, to }: RoutedRecord): readonly string[] => {
  if (to.kind === 'queue') return [`${to.reason === 'no-rule-is-true' ? 'So' : 'Nobody could be given it, so'} it went to the queue ${to.queueId}.`];
  if (to.reason === 'account-owner') return ['You own the account and keep it.'];
  return [eligible === 1 ? 'You were the only one who could be given it.' : `It was your turn, one of ${eligible} who could be given it.`];
}; // prettier-ignore

const kinds = {
  'team-or-territory': 'because of their team or territory',
  'skills-or-languages': 'for want of a skill or a language',
  other: 'for other reasons',
} as const;

const passedOver = (routing: RoutedRecord): readonly string[] => {
  const { count, byKind } = passedOverOf(routing);
  if (count === 0) return [];
  const { 'team-or-territory': away, 'skills-or-languages': lacking, other } = byKind;
  const parts = ([['team-or-territory', away], ['skills-or-languages', lacking], ['other', other]] as const)
    .flatMap(([kind, those]) => (those === undefined ? [] : [`${those} ${kinds[kind]}`])); // prettier-ignore
  const who = count === 1 ? 'One other was' : `${count} others were`;
  return [`${who} passed over${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`];
};

const reasons: Readonly<Record<string, string>> = {
  manual: 'It was given to you by hand.',
  'queue-picked': 'You picked it from the queue.',
  import: 'It was yours in the system that it was imported from.',
  merge: 'You owned the lead that turned out to be the same person.',
};

const today = (place: Place): readonly string[] => {
  if (place.owner === null) return queueSentences(place);
  const why = reasons[place.owner.reason];
  return why === undefined ? [] : [why];
};

/** That it was given back, and by nobody else's name or reason. */
const givenBack = ({ givenBack: last }: Place, reader: RepId | undefined): readonly string[] => {
  if (last === null) return [];
  if (last.repId !== reader) return [`It was given back before, on ${last.at}.`];
  return [last.byOwner ? `You gave it back on ${last.at}.` : `It was taken from you and given back on ${last.at}.`];
};

/** Whether a decision brought the lead to where it is and not to somebody else. */
export const concerns = ({ to }: RoutedRecord, owner: Place['owner']): boolean => to.kind === 'queue' || to.repId === owner?.repId;

/** Why a lead is with its owner or waits, told to a rep; of colleagues it says no more than how many. */
export const placeForOwner = (place: Place, routing: RoutedRecord | null, reader: RepId | undefined): readonly string[] => {
  const { owner } = place;
  const [now, before] = [today(place), givenBack(place, reader)];
  if (routing === null || !concerns(routing, owner)) return [...now, ...before];
  return [...now, ...turn(routing), ...before, ...ruleSentences(routing), ...passedOver(routing)];
};
