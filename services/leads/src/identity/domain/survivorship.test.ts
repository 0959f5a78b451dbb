import { addMillis, submissionId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  updateProfile,
  emptyProfile,
  resolveProfile,
  isSameProfile,
  mergeProfiles,
  defaultSurvivorship,
  type ProfileUpdate,
  type PersonProfile,
} from './survivorship.ts';

const at = (minute: number) => addMillis(toInstant('2026-03-02T09:00:00Z'), minute * 60_000);
const said = (id: string, minute: number, fields: ProfileUpdate['fields']): ProfileUpdate => ({
  from: submissionId.parse(id),
  at: at(minute),
  fields,
});
const knowing = (...updates: readonly ProfileUpdate[]): PersonProfile => updates.reduce(updateProfile, emptyProfile);

const contribution = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    minute: fc.integer({ min: 0, max: 4 }),
    name: fc.option(fc.constantFrom('Ada', 'Ada Byron', 'Augusta', ' '), { nil: undefined }),
    message: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }),
    colour: fc.option(fc.constantFrom('red', 'blue'), { nil: undefined }),
  })
  .map(({ id, minute, name, message, colour }) =>
    said(id, minute, {
      ...(name === undefined ? {} : { name }),
      ...(message === undefined ? {} : { message }),
      ...(colour === undefined ? {} : { custom: { colour } }),
    }),
  );

describe('the person profile from several touchpoints', () => {
  const three = knowing(
    said('a', 1, { name: 'Ada', company: 'Mills' }),
    said('b', 2, { name: 'Ada Augusta Byron', custom: { colour: 'red' } }),
    said('c', 3, { name: 'A. Byron', company: 'Mills & Sons' }),
  );
  const rules = defaultSurvivorship.rules;

  it.each([
    ['first', 'Ada', 'a'],
    ['last', 'A. Byron', 'c'],
    ['most-complete', 'Ada Augusta Byron', 'b'],
  ] as const)('shows the %s name by that rule, with its submission', (rule, name, from) => {
    const { fields, provenance } = resolveProfile(three, { ...rules, name: rule });
    expect(fields.name).toBe(name);
    expect(provenance.find((one) => one.field === 'name')?.submissionId).toBe(from);
  });

  it('keeps custom fields beside the standard ones', () => {
    expect(resolveProfile(three, rules).fields).toEqual({ name: 'Ada Augusta Byron', company: 'Mills & Sons', custom: { colour: 'red' } });
  });

  it('does not depend on the order or repetition of touchpoints', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (list, dice) => {
        const shuffled = list
          .flatMap((one) => [one, one])
          .map((one) => [dice.next().value ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b);
        expect(knowing(...shuffled.map(([, one]) => one))).toEqual(knowing(...list));
      }),
    );
  });

  it('is the same for two merged leads as for one lead with all touchpoints', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 6 }), fc.array(contribution, { maxLength: 6 }), (some, others) => {
        expect(isSameProfile(mergeProfiles(knowing(...some), knowing(...others)), knowing(...some, ...others))).toBe(true);
        expect(isSameProfile(mergeProfiles(knowing(...others), knowing(...some)), knowing(...some, ...others))).toBe(true);
      }),
    );
  });

  it('shows for each field a value from one of the touchpoints', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 8 }), fc.constantFrom('first', 'last', 'most-complete'), (list, rule) => {
        const { fields } = resolveProfile(knowing(...list), { ...rules, name: rule, message: rule });
        expect([undefined, ...list.map((one) => one.fields.name)]).toContain(fields.name);
        expect([undefined, ...list.map((one) => one.fields.message)]).toContain(fields.message);
      }),
    );
  });
});
