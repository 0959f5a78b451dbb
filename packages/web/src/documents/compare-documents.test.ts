import { describe, expect, it } from 'vitest';
import { changedBy, changesOf, differences, merged, type Difference, type Pick } from './compare-documents.ts';
import type { Json } from './json.ts';

const rule = (id: string, points: number): Json => ({ id, when: { field: id, test: 'present' }, points });
const table = (...fit: readonly Json[]): Json => ({ fit, grades: { a: 75, b: 50 } });

const wayOf = ({ path }: Difference): string =>
  path.map((step) => (step.kind === 'order' ? 'order' : step.kind === 'field' ? step.name : `[${step.id}]`)).join('.');
const rowsOf = (rows: readonly Difference[]): readonly (readonly [string, Json | undefined, Json | undefined])[] =>
  rows.map((row) => [wayOf(row), row.now, row.mine]);

describe('what a candidate changes', () => {
  it('is nothing where only the order of names differs', () => {
    expect(changesOf({ a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 })).toEqual([]);
  });

  it('is one row for each value, and the items of a list are known by their ids', () => {
    const changes = changesOf(table(rule('phone', 10), rule('company', 5)), table(rule('phone', 12), rule('company', 5)));
    expect(rowsOf(changes)).toEqual([['fit.[phone].points', 10, 12]]);
  });

  it('is a whole item where one was added or removed', () => {
    const changes = changesOf(table(rule('phone', 10)), table(rule('company', 5)));
    expect(rowsOf(changes)).toEqual([
      ['fit.[company]', undefined, rule('company', 5)],
      ['fit.[phone]', rule('phone', 10), undefined],
    ]);
  });

  it('is a predicate as a whole', () => {
    const before = { all: [{ field: 'phone', test: 'present' }] };
    const after = { all: [{ field: 'phone', test: 'absent' }] };
    expect(rowsOf(changesOf({ mql: before }, { mql: after }))).toEqual([['mql', before, after]]);
  });

  it('is the order of a list, with what the items are called', () => {
    const changes = changesOf(table(rule('a', 1), rule('b', 2)), table(rule('b', 2), rule('a', 1)));
    expect(rowsOf(changes)).toEqual([['fit.order', ['a', 'b'], ['b', 'a']]]);
  });

  it('is the list as a whole where nothing tells its items apart', () => {
    const steps = (minutes: number): Json => ({ escalations: [{ afterMinutes: minutes, act: 'requeue' }] });
    expect(rowsOf(changesOf(steps(0), steps(60))).map(([way]) => way)).toEqual(['escalations']);
  });
});

describe('a candidate beside what was published meanwhile', () => {
  const before = table(rule('phone', 10), rule('company', 5));
  const now = table(rule('phone', 20), rule('company', 5), rule('country', 7));
  const mine = table(rule('phone', 12), rule('company', 6));
  const all = { before, now, mine };
  const rows = differences(all);
  const picked = (...given: readonly (readonly [string, Pick])[]) =>
    Object.fromEntries(rows.map((row) => [row.key, new Map(given).get(wayOf(row))]));

  it('says of each row who changed it', () => {
    expect(rows.map((row) => [wayOf(row), changedBy(row)])).toEqual([
      ['fit.[phone].points', 'both'],
      ['fit.[company].points', 'me'],
      ['fit.[country]', 'them'],
    ]);
  });

  it('becomes what is in force where nothing is picked', () => {
    expect(merged(all, {})).toEqual(now);
  });

  it('becomes the candidate where every row is mine', () => {
    expect(merged(all, Object.fromEntries(rows.map(({ key }) => [key, 'mine' as const])))).toEqual(mine);
  });

  it('takes each row from the side that was picked for it', () => {
    const picks = picked(['fit.[phone].points', 'mine'], ['fit.[company].points', 'now'], ['fit.[country]', 'now']);
    expect(merged(all, picks)).toEqual(table(rule('phone', 12), rule('company', 5), rule('country', 7)));
  });

  it('puts an item of mine behind the one that it follows in the candidate', () => {
    const added = table(rule('phone', 10), rule('new', 1), rule('company', 5));
    const three = { before, now, mine: added };
    const key = differences(three).find((row) => wayOf(row) === 'fit.[new]')?.key ?? '';
    expect(merged(three, { [key]: 'mine' })).toEqual(table(rule('phone', 20), rule('new', 1), rule('company', 5), rule('country', 7)));
  });

  it('takes the order that was picked', () => {
    const three = { before, now: before, mine: table(rule('company', 5), rule('phone', 10)) };
    const key = differences(three)[0]?.key ?? '';
    expect(merged(three, { [key]: 'mine' })).toEqual(three.mine);
    expect(merged(three, { [key]: 'now' })).toEqual(before);
  });
});
