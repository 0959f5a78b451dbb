import { itemLimits } from '@meilenstein/contracts';
import { addMillis, repId, toInstant } from '@meilenstein/kernel';
import { inMemory } from '@meilenstein/runtime/testing/in-memory';
import { expect, it } from 'vitest';
import { rotationHeadKey, rotationRepKey } from '../../keys.ts';
import { rotationStore, rotationWrites } from './rotation-store.ts';

const ann = repId.parse('ann');
const start = toInstant('2026-01-01T00:00:00Z');

it('the item of a rep keeps the rotations in which the rep was last assigned a lead, and forgets the oldest at the limit', async () => {
  const { table } = inMemory('2026-01-01T00:00:00Z');
  const store = rotationStore({ table });
  const rules = Array.from({ length: itemLimits.rotationsOfRep }, (_, n) => [`rule-${n}`, addMillis(start, n)] as const);
  const entries = Object.fromEntries(rules.map(([rule, lastAssignedAt]) => [rule, { count: 1, weight: 1, lastAssignedAt }]));
  const level = { count: 1, weight: 1 };
  await table.transact([{ put: { ...rotationRepKey(ann), version: 1, repId: ann, open: 0, entries } }]);
  for (const rotation of ['rule-0', 'rule-1'])
    await table.transact([{ put: { ...rotationHeadKey(rotation), version: 1, rotation, present: [ann], level } }]);
  const assigned = { repId: ann, count: 1, weight: 1, lastAssignedAt: addMillis(start, rules.length), isPresent: true };
  const { writes } = rotationWrites(await store.load(), { id: 'new', state: { entries: [assigned], level } });
  expect(await table.transact(writes)).toEqual({ done: true });
  const { rotations } = (await store.load()).state;
  expect(Object.entries(rotations).map(([rule, state]) => `${rule}: ${state.entries.length}`)).toEqual([
    'new: 1',
    'rule-0: 0',
    'rule-1: 1',
  ]);
});
