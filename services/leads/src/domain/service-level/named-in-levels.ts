import type { ServiceLevel } from '@meilenstein/contracts';
import { judge, refused, toInstant, type FieldTest, type Predicate, type Refusal } from '@meilenstein/kernel';

/** What levels may name. */
export type KnownToLevels = {
  readonly regions: readonly string[];
  readonly teams: readonly string[];
  readonly segments: readonly string[];
};

const testsOf = (asked: Predicate): readonly FieldTest[] => {
  if ('field' in asked) return [asked];
  const inner = 'not' in asked ? [asked.not] : 'all' in asked ? asked.all : asked.any;
  return inner.flatMap(testsOf);
};

const wantedBy = (asked: FieldTest): readonly (string | number | boolean)[] =>
  asked.test === 'equals' ? [asked.value] : asked.test === 'one-of' ? asked.values : [];

/** The same comparison as when a lead is judged; it does not ask the time. */
const isOneOf = (known: readonly string[], value: string | number | boolean): boolean =>
  judge({ field: 'named', test: 'equals', value }, { named: known }, toInstant(0)).answer === 'yes';

/** A level that asks for a team or a segment that does not exist would never be true: the first such name; undefined where there is none. */
export const unknownName = (
  { when }: ServiceLevel,
  { teams, segments }: KnownToLevels,
  field: string,
): Refusal<'team-is-unknown' | 'segment-is-unknown'> | undefined => {
  for (const asked of testsOf(when)) {
    const isTeam = asked.field === 'team' || asked.field === 'teams';
    if (!isTeam && asked.field !== 'segments') continue;
    const known = isTeam ? teams : segments;
    const value = wantedBy(asked).find((one) => !isOneOf(known, one));
    const about = { field: `${field}.when`, value: String(value) };
    if (value !== undefined && isTeam) return refused('team-is-unknown', `${field}.when: there is no team ${value}`, about).refused;
    if (value !== undefined) return refused('segment-is-unknown', `${field}.when: GET /segments shows ${known.join(', ') || 'none'}, not ${value}`, about).refused; // prettier-ignore
  }
  return undefined;
};

/** The names that levels in force use: they stay valid when a team, a segment or a region's holidays are gone. */
export const namedIn = (levels: readonly ServiceLevel[]): KnownToLevels => {
  const namesOf = (fields: readonly string[]): readonly string[] =>
    levels.flatMap(({ when }) => testsOf(when).filter((one) => fields.includes(one.field)).flatMap(wantedBy).map(String)); // prettier-ignore
  return {
    regions: levels.flatMap(({ region }) => region ?? []),
    teams: namesOf(['team', 'teams']),
    segments: namesOf(['segments']),
  };
};
