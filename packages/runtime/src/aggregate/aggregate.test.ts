import { defineEvent, factReader, type Actor, type FactOf, type Happened } from '@meilenstein/contracts';
import { refused, toInstant, type Decision, type Refusal } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aggregateStore } from './aggregate.ts';
import { auditOfDay, auditOfSubject, commit, eventsOf } from './commit.ts';
import type { StateForm } from './lift-state.ts';
import type { Machinery } from './fold-decision.ts';
import { deriveId } from '../identity.ts';
import { memoryTable } from '../testing/memory-table.ts';
import { traced } from '../function/trace.ts';
import { queryAll } from '../table/table.ts';

const deposited = defineEvent({
  name: 'Deposited',
  owner: 'quota',
  version: 1,
  meaning: 'Something was put in.',
  data: z.object({ amount: z.int() }),
  confidential: z.object({ note: z.string() }),
});
type Deposit = FactOf<typeof deposited>;
type Jar = { readonly total: number; readonly notes: readonly string[] };

const evolve = (jar: Jar, fact: Happened<Deposit>): Jar => ({
  total: jar.total + fact.data.amount,
  notes: [...jar.notes, ...(fact.confidential === undefined ? [] : [fact.confidential.note])],
});

const machinery = (now = '2026-03-01T10:00:00.000Z'): Machinery & { table: ReturnType<typeof memoryTable> } => {
  let made = 0;
  const clock = { now: () => toInstant(now) };
  return {
    table: memoryTable(clock),
    clock,
    ids: { next: () => deriveId('test', String((made += 1))) },
    delay: async () => {},
    random: () => 0.5,
  };
};

const jars = (tools: Machinery, form: StateForm = { schemaNumber: 1 }) =>
  aggregateStore<Jar, Deposit>(
    {
      prefix: 'JAR',
      owner: 'quota',
      ...form,
      schema: z.object({ total: z.number(), notes: z.array(z.string()) }),
      initial: { total: 0, notes: [] },
      fact: factReader([deposited]),
      evolve,
      index: (jar) => ({ gsi1pk: 'JARS', gsi1sk: String(jar.total) }),
      views: (facts) => [{ add: { pk: 'SUM', sk: 'ALL' }, by: { amount: facts.reduce((sum, fact) => sum + fact.data.amount, 0) } }],
    },
    tools,
  );

const deposit =
  (amount: number, note?: string) =>
  (jar: Jar): Decision<Deposit, Refusal<'jar-is-full'>> =>
    jar.total + amount > 100
      ? refused('jar-is-full', 'the jar holds 100')
      : { events: [deposited.of({ amount }, note === undefined ? {} : { confidential: { note } })] };

describe('an aggregate', () => {
  it('writes state, commit, confidential part and sums in one transaction', async () => {
    const tools = machinery();
    const result = await jars(tools).change('j1', deposit(30, 'from Aunt Olga'));
    expect(result).toMatchObject({ changed: { version: 1, state: { total: 30, notes: ['from Aunt Olga'] } } });
    expect(
      tools.table
        .dump()
        .map((item) => `${item.pk} ${item.sk}`)
        .toSorted(),
    ).toEqual(['JAR#j1 COMMIT#0000000001', 'JAR#j1 CONFIDENTIAL#0000000001', 'JAR#j1 STATE', 'SUM ALL']);
  });

  it('adds a sum to an item that is put in the same transaction, unless the item exists already', async () => {
    const tools = machinery();
    const sum = { pk: 'SUM', sk: 'ALL' };
    const named = (amount: number, name: string) => ({ put: { ...sum, version: 1, amount, name }, when: 'absent' as const });
    await jars(tools).change('j1', deposit(30), { alongside: [named(5, 'jars')] });
    expect(await tools.table.get(sum)).toMatchObject({ amount: 35, name: 'jars' });
    await expect(jars(tools).change('j2', deposit(1), { alongside: [named(0, 'others')] })).rejects.toThrow('8 tries');
    expect(await tools.table.get(sum)).toMatchObject({ amount: 35, name: 'jars' });
  });

  it('never puts the confidential part into a commit', async () => {
    const tools = machinery();
    await jars(tools).change('j1', deposit(30, 'from Aunt Olga'));
    expect(JSON.stringify(tools.table.commits())).not.toContain('Olga');
  });

  it('writes nothing for a refusal', async () => {
    const tools = machinery();
    expect(await jars(tools).change('j1', deposit(101))).toMatchObject({ refused: { code: 'jar-is-full' } });
    expect(tools.table.dump()).toEqual([]);
  });

  it('tells a writer with a stale version which version is stored', async () => {
    const tools = machinery();
    await jars(tools).change('j1', deposit(1));
    await jars(tools).change('j1', deposit(1));
    expect(await jars(tools).change('j1', deposit(1), { expectedVersion: 1 })).toEqual({ stale: 2 });
  });

  it('loses no change of many writers at once', async () => {
    const tools = machinery();
    const store = jars(tools);
    await Promise.all(Array.from({ length: 8 }, () => store.change('j1', deposit(2))));
    expect((await store.find('j1'))?.state.total).toBe(16);
    expect(await tools.table.get({ pk: 'SUM', sk: 'ALL' })).toMatchObject({ amount: 16 });
  });

  it('loads and decides again if what a decision depends on changed before it was written', async () => {
    const tools = machinery();
    const limit = { pk: 'LIMIT', sk: 'ALL' };
    await tools.table.transact([{ put: { ...limit, version: 1, amount: 5 }, when: 'absent' }]);
    const limits = z.object({ version: z.int(), amount: z.int() });
    const seen: number[] = [];
    const result = await jars(tools).changeWith(
      async () => {
        const found = limits.parse(await tools.table.get(limit));
        const meanwhile = { ...limit, version: 2, amount: 7 };
        if (found.version === 1) await tools.table.transact([{ put: meanwhile, when: { versionIs: 1 } }]);
        return found;
      },
      ({ version, amount }) => {
        seen.push(amount);
        const next = { ...limit, version: version + 1, amount: 0 };
        return {
          changes: [{ id: 'j1', found: undefined, decision: { events: [deposited.of({ amount })] } }],
          alongside: [{ put: next, when: { versionIs: version } }],
        };
      },
    );
    expect(seen).toEqual([5, 7]);
    expect(result).toMatchObject({ changed: [{ state: { total: 7 } }] });
    expect(await tools.table.get(limit)).toMatchObject({ version: 3, amount: 0 });
  });

  it('writes a step on the way before it loads and decides again', async () => {
    const tools = machinery();
    const store = jars(tools);
    const result = await store.changeWith(
      async () => ({ first: await store.find('j1'), second: await store.find('j2') }),
      ({ first, second }) =>
        first === undefined
          ? { changes: [{ id: 'j1', found: first, decision: { events: [deposited.of({ amount: 3 })] } }], isStep: true }
          : { changes: [{ id: 'j2', found: second, decision: { events: [deposited.of({ amount: first.state.total + 1 })] } }] },
    );
    expect(result).toMatchObject({ changed: [{ state: { total: 4 } }] });
    expect((await store.find('j1'))?.state.total).toBe(3);
  });

  it('writes nothing at all if one of the decisions made together is a refusal', async () => {
    const tools = machinery();
    const full = refused('jar-is-full', 'amount: too much');
    const result = await jars(tools).changeWith(
      async () => undefined,
      (found) => ({
        changes: [
          { id: 'j1', found, decision: { events: [deposited.of({ amount: 1 })] } },
          { id: 'j2', found, decision: full },
        ],
        alongside: [{ put: { pk: 'BESIDE', sk: 'ALL' } }],
      }),
    );
    expect(result).toMatchObject({ refused: { code: 'jar-is-full' } });
    expect(tools.table.dump()).toEqual([]);
  });

  it('loads and decides again after another aggregate took the claim, if it is asked to', async () => {
    const tools = machinery();
    const store = jars(tools);
    const key = { kind: 'key', value: 'k' };
    const changed = (id: string, holder: string | undefined) => ({
      id,
      found: undefined,
      decision: { events: [deposited.of({ amount: 1 })], claims: holder === undefined ? [key] : [] },
    });
    const load = async () => {
      const holder = await store.holderOf(key);
      if (holder === undefined) await store.change('j1', () => ({ events: [deposited.of({ amount: 1 })], claims: [key] }));
      return holder;
    };
    const decide = (holder: string | undefined) => ({ changes: [changed('j2', holder)] });
    expect(await store.changeWith(load, decide, { retryTaken: true })).toMatchObject({ changed: [{ state: { total: 1 } }] });
    expect(await store.holderOf(key)).toBe('j1');
  });

  it('gives a claim to one aggregate and names the holder to the other', async () => {
    const tools = machinery();
    const claims = [{ kind: 'key', value: 'k' }];
    const claim = (jar: Jar): Decision<Deposit, never> => ({ events: [deposited.of({ amount: jar.total + 1 })], claims });
    await jars(tools).change('j1', claim);
    expect(await jars(tools).change('j2', claim)).toEqual({ taken: { kind: 'key', value: 'k' } });
    expect(await jars(tools).holderOf({ kind: 'key', value: 'k' })).toBe('j1');
    expect(await jars(tools).find('j2')).toBeUndefined();
  });

  it('lifts a state of an older form, and refuses one of a newer form with what to do', async () => {
    const tools = machinery();
    const item = { pk: 'JAR#j1', sk: 'STATE', version: 1, schema: 1, state: { coins: 7 } };
    await tools.table.transact([{ put: item, when: 'absent' }]);
    const lift = { 1: (state: unknown) => ({ total: z.object({ coins: z.number() }).parse(state).coins, notes: [] }) };
    expect(await jars(tools, { schemaNumber: 2, lift }).find('j1')).toEqual({ state: { total: 7, notes: [] }, version: 1 });
    await jars(tools, { schemaNumber: 2, lift }).change('j1', deposit(1));
    await expect(jars(tools).find('j1')).rejects.toThrow('JAR#j1 / STATE was written in form 2, the newest known here is 1');
    await expect(jars(tools, { schemaNumber: 4, lift }).find('j1')).rejects.toThrow('form 2 cannot be lifted to the next one');
  });

  it('carries the trace of the work on every event', async () => {
    const tools = machinery();
    const actor = { kind: 'event', name: 'Rang' } as const;
    await traced({ correlationId: 'c', causedBy: 'e', actor }, () => jars(tools).change('j1', deposit(1)));
    expect(tools.table.commits().flatMap((item) => eventsOf(commit.parse(item)).map((one) => one.envelope))).toMatchObject([
      { correlationId: 'c', causedBy: 'e', sequence: 1, subject: 'j1' },
    ]);
  });

  it('stores who did it in the commit and in no event', async () => {
    const tools = machinery();
    const actor: Actor = { kind: 'caller', subject: 'login-ann', roles: ['rep'] };
    await traced({ correlationId: 'request-7', causedBy: null, actor }, () => jars(tools).change('j1', deposit(1)));
    const [stored, ...others] = tools.table.commits();
    expect(others).toEqual([]);
    expect(commit.parse(stored)).toMatchObject({ actor, correlationId: 'request-7' });
    expect(JSON.stringify(eventsOf(commit.parse(stored)))).not.toContain('login-ann');
  });

  it('is found in the audit by caller and by day, but only if a caller changed it', async () => {
    const tools = machinery();
    const by = (subject: string): Actor => ({ kind: 'caller', subject, roles: ['admin'] });
    const change = (id: string, actor: Actor) =>
      traced({ correlationId: id, causedBy: null, actor }, () => jars(tools).change(id, deposit(1)));
    await change('j1', by('ann'));
    await change('j2', by('bob'));
    await change('j3', { kind: 'schedule', name: 'nightly' });
    const found = async (index: 'gsi1' | 'gsi2', partition: string) =>
      (await queryAll(tools.table, { index, partition })).map((item) => item.pk);
    expect(await found('gsi1', auditOfSubject('ann'))).toEqual(['JAR#j1']);
    expect(await found('gsi2', auditOfDay('2026-03-01'))).toEqual(['JAR#j1', 'JAR#j2']);
  });

  it('lets only an import say when something was recorded, and never later than now', async () => {
    const tools = machinery();
    const late = deposited.of(
      { amount: 1 },
      { occurredAt: toInstant('2026-01-01T00:00:00Z'), recordedAt: toInstant('2027-01-01T00:00:00Z') },
    );
    const early = deposited.of({ amount: 1 }, { occurredAt: toInstant('2026-01-01T00:00:00Z') });
    const recorded = async (id: string, fact: Deposit, origin: 'live' | 'import') => {
      const result = await jars(tools).change(id, () => ({ events: [fact] }), { origin });
      return 'changed' in result ? result.changed.events[0]?.recordedAt : undefined;
    };
    expect(await recorded('a', early, 'live')).toBe('2026-03-01T10:00:00.000Z');
    expect(await recorded('b', early, 'import')).toBe('2026-01-01T00:00:00.000Z');
    expect(await recorded('c', late, 'import')).toBe('2026-03-01T10:00:00.000Z');
  });

  it('is as it was known at any instant', async () => {
    const tools = machinery();
    const at = (day: string) => deposited.of({ amount: 10 }, { occurredAt: toInstant(`2026-01-${day}T00:00:00Z`) });
    await jars(tools).change('j1', () => ({ events: [at('05'), at('20')] }), { origin: 'import' });
    const total = async (day: string) => (await jars(tools).asOf('j1', toInstant(`2026-01-${day}T00:00:00Z`)))?.total;
    expect([await total('04'), await total('05'), await total('31')]).toEqual([undefined, 10, 20]);
  });

  it('packs many aggregates into few transactions and refuses each on its own', async () => {
    const tools = machinery();
    const entries = Array.from({ length: 60 }, (_, n) => ({ id: `j${n}`, decide: deposit(n === 7 ? 101 : n) }));
    const results = await jars(tools).changeMany(entries, 'import');
    expect(results.map((result) => ('changed' in result ? result.changed.state.total : 'refused'))).toEqual(
      entries.map((_, n) => (n === 7 ? 'refused' : n)),
    );
    expect(await tools.table.get({ pk: 'SUM', sk: 'ALL' })).toMatchObject({ amount: 1770 - 7 });
  });

  it('can always be folded again from its commits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 40 }), fc.option(fc.string(), { nil: undefined })), { maxLength: 12 }),
        async (deposits) => {
          const store = jars(machinery());
          for (const [amount, note] of deposits) await store.change('j', deposit(amount, note));
          expect(await store.refold('j')).toEqual((await store.find('j'))?.state ?? { total: 0, notes: [] });
        },
      ),
      { numRuns: 50 },
    );
  });
});
