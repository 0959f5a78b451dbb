import {
  personField,
  personFields,
  survivorshipPublished,
  survivorshipRules,
  type Happened,
  type PersonFields,
  type SurvivorshipFact,
  type SurvivorshipRules,
} from '@meilenstein/contracts';
import { decided, instant, submissionId, type Decision, type Instant, type SubmissionId } from '@meilenstein/kernel';
import * as z from 'zod';

/**
 * The profile of a person: for each field, every value that some survivorship rule may choose, with the touchpoint that brought it.
 * Adding a touchpoint is a join (any order and repetition gives the same), so a lead does not depend on the order of its submissions.
 */
export const personProfile = z.object({
  touches: z.array(z.object({ from: submissionId.nullable(), at: instant })),
  values: z.record(z.string(), z.array(z.object({ text: z.string(), touch: z.int().nonnegative() }))),
});
export type PersonProfile = z.infer<typeof personProfile>;
export const emptyProfile: PersonProfile = { touches: [], values: {} };

export type ProfileUpdate = { readonly from: SubmissionId | null; readonly at: Instant; readonly fields: PersonFields };
type Candidate = { readonly text: string; readonly from: SubmissionId | null; readonly at: Instant };
type Candidates = ReadonlyMap<string, readonly Candidate[]>;

const customPrefix = 'custom.';

/** Every field with a text, by its key; custom fields begin with `custom.`. */
export const fieldEntries = ({ custom = {}, ...fields }: PersonFields): readonly (readonly [key: string, text: string])[] =>
  [...Object.entries(fields), ...Object.entries(custom).map(([name, text]) => [`${customPrefix}${name}`, text] as const)].flatMap(
    ([key, text]) => (text === undefined || text.trim() === '' ? [] : [[key, text] as const]),
  );

const candidatesOf = ({ touches, values }: PersonProfile): Candidates =>
  new Map(
    Object.entries(values).map(([key, list]) => [
      key,
      list.flatMap(({ text, touch }) => {
        const by = touches[touch];
        return by === undefined ? [] : [{ text, ...by }];
      }),
    ]),
  );

type Order = (a: Candidate, b: Candidate) => number;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byTime: Order = (a, b) => byText(a.at, b.at) || byText(a.from ?? '', b.from ?? '') || byText(a.text, b.text);

/** The winner is first. Every order is total, so that equal facts have one winner. */
const orders: Readonly<Record<SurvivorshipRules['email'], Order>> = {
  first: byTime,
  last: (a, b) => byTime(b, a),
  'most-complete': (a, b) => b.text.length - a.text.length || byTime(b, a),
};

const winners = (list: readonly Candidate[]): readonly Candidate[] => {
  const best = Object.values(orders).flatMap((order) => list.toSorted(order).slice(0, 1));
  return best.filter((one, index) => best.indexOf(one) === index).toSorted(byTime);
};

const sameCandidate = (a: Candidate, b: Candidate): boolean => a.text === b.text && a.at === b.at && a.from === b.from;

const distinct = (list: readonly Candidate[]): readonly Candidate[] =>
  list.filter((one, index) => list.findIndex((other) => sameCandidate(one, other)) === index);

const compact = (candidates: Candidates): PersonProfile => {
  const all = [...candidates.values()].flat().toSorted(byTime);
  const touches = all.filter((one, index) => all.findIndex((other) => other.from === one.from && other.at === one.at) === index);
  const touchOf = (one: Candidate): number => touches.findIndex((other) => other.from === one.from && other.at === one.at);
  const keys = [...candidates.keys()].toSorted();
  return {
    touches: touches.map(({ from, at }) => ({ from, at })),
    values: Object.fromEntries(
      keys.map((key) => [key, (candidates.get(key) ?? []).map((one) => ({ text: one.text, touch: touchOf(one) }))]),
    ),
  };
};

/** Joins two profiles. */
export const mergeProfiles = (some: PersonProfile, others: PersonProfile): PersonProfile => {
  const [a, b] = [candidatesOf(some), candidatesOf(others)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return compact(new Map(keys.map((key) => [key, winners(distinct([...(a.get(key) ?? []), ...(b.get(key) ?? [])]))])));
};

export const updateProfile = (before: PersonProfile, { from, at, fields }: ProfileUpdate): PersonProfile =>
  mergeProfiles(before, {
    touches: [{ from, at }],
    values: Object.fromEntries(fieldEntries(fields).map(([key, text]) => [key, [{ text, touch: 0 }]])),
  });

export const isSameProfile = (a: PersonProfile, b: PersonProfile): boolean => JSON.stringify(a) === JSON.stringify(b);

const ruleOf = (rules: SurvivorshipRules, key: string): SurvivorshipRules['email'] => rules[personField.safeParse(key).data ?? 'custom'];

type Provenance = { readonly field: string; readonly submissionId: SubmissionId | null; readonly at: Instant };
export type ResolvedProfile = { readonly fields: PersonFields; readonly provenance: readonly Provenance[] };

/** The value of each field that the rules choose, and the touchpoint that it came from. */
export const resolveProfile = (profile: PersonProfile, rules: SurvivorshipRules): ResolvedProfile => {
  const best = [...candidatesOf(profile)].flatMap(([key, list]) => {
    const [winner] = list.toSorted(orders[ruleOf(rules, key)]);
    return winner === undefined ? [] : [{ key, winner }];
  });
  const custom = best
    .filter(({ key }) => key.startsWith(customPrefix))
    .map(({ key, winner }) => [key.slice(customPrefix.length), winner.text]);
  const own = Object.fromEntries(best.filter(({ key }) => !key.startsWith(customPrefix)).map(({ key, winner }) => [key, winner.text]));
  return {
    fields: personFields.parse(custom.length === 0 ? own : { ...own, custom: Object.fromEntries(custom) }),
    provenance: best.map(({ key, winner }) => ({ field: key, submissionId: winner.from, at: winner.at })),
  };
};

/** The last text of a field from a submission (null: from an import), if some rule may choose it. */
export const lastTextFrom = ({ touches, values }: PersonProfile, field: string, from: SubmissionId | null): string | undefined =>
  candidatesOf({ touches, values: { [field]: values[field] ?? [] } })
    .get(field)
    ?.filter((one) => one.from === from)
    .toSorted(byTime)
    .at(-1)?.text;

/** Every text of a field. */
export const textsOf = ({ values }: PersonProfile, field: string): readonly string[] => (values[field] ?? []).map(({ text }) => text);

export const survivorship = z.object({ version: z.int().nonnegative(), rules: survivorshipRules });
export type Survivorship = z.infer<typeof survivorship>;

/** The newest value of each field, but the most complete name. */
export const defaultSurvivorship: Survivorship = {
  version: 0,
  rules: {
    email: 'last',
    name: 'most-complete',
    phone: 'last',
    company: 'last',
    country: 'last',
    employees: 'last',
    message: 'last',
    custom: 'last',
  },
};

export const evolveSurvivorship = (_before: Survivorship, fact: Happened<SurvivorshipFact>): Survivorship => fact.data;

/** A new version applies at once and to all leads: no value is lost, only chosen differently. */
export const publishSurvivorship = (before: Survivorship, rules: SurvivorshipRules): Decision<SurvivorshipFact, never> =>
  decided(survivorshipPublished.of({ version: before.version + 1, rules }));
