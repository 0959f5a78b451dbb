import { leadId, repId, teamId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assigned, fairChoice, withMembers, type Eligible, type Pool } from './pool.ts';

const emptyPool: Pool = { members: [] };
const at = toInstant('2026-03-02T09:00:00Z');
const reps = (...ids: readonly string[]): readonly Eligible[] =>
  ids.map((id) => ({ repId: repId.parse(id), teamId: teamId.parse('north') }));
const member = (id: string, count: number, lastAssignedAt: string | null = null) => ({
  repId: repId.parse(id),
  count,
  lastAssignedAt: lastAssignedAt === null ? null : toInstant(lastAssignedAt),
});
const chosen = (pool: Pool, eligible: readonly Eligible[], id = 'lead-1') =>
  fairChoice(withMembers(pool, eligible), eligible, leadId.parse(id))?.repId;
const withAssignment = (pool: Pool, to: string): Pool => ({
  members: pool.members.map((one) => (one.repId === to ? assigned(one, at) : one)),
});

const assignAll = (start: Pool, eligible: readonly Eligible[], ids: readonly string[]): Pool =>
  ids.reduce(
    (pool, id) => {
      const choice = fairChoice(pool, eligible, leadId.parse(id));
      return choice === undefined ? pool : withAssignment(pool, choice.repId);
    },
    withMembers(start, eligible),
  );
const spread = (pool: Pool): number => {
  const counts = pool.members.map((one) => one.count);
  return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
};

describe('the fair choice', () => {
  it('takes who has the fewest leads', () => {
    expect(chosen({ members: [member('ann', 3), member('bob', 2)] }, reps('ann', 'bob'))).toBe('bob');
  });

  it('takes among equals who waits longest, and first of all who never had one', () => {
    const members = [member('ann', 1, '2026-03-01T10:00:00Z'), member('bob', 1, '2026-03-01T09:00:00Z')];
    expect(chosen({ members }, reps('ann', 'bob'))).toBe('bob');
    expect(chosen({ members: [...members, member('cem', 1)] }, reps('ann', 'bob', 'cem'))).toBe('cem');
  });

  it('breaks ties for each lead in its own way, and always the same', () => {
    const eligible = reps('ann', 'bob', 'cem');
    const choices = Array.from({ length: 60 }, (_, index) => chosen(emptyPool, eligible, `lead-${index}`));
    expect(new Set(choices).size).toBe(3);
    expect(chosen(emptyPool, eligible.toReversed())).toBe(chosen(emptyPool, eligible));
  });

  it('chooses nobody where nobody is eligible', () => {
    expect(chosen({ members: [member('ann', 0)] }, [])).toBeUndefined();
  });

  it('lets who returns begin with the smallest count of those who stayed', () => {
    const away = withMembers({ members: [member('ann', 9), member('bob', 7)] }, reps('bob'));
    expect(withMembers(away, reps('ann', 'bob')).members).toEqual([member('bob', 7), member('ann', 7)]);
  });

  it('counts what is given by hand', () => {
    const eligible = reps('ann', 'bob');
    const byHand = withAssignment(withMembers(emptyPool, eligible), 'ann');
    expect(chosen(byHand, eligible)).toBe('bob');
    expect(withAssignment(byHand, 'boss')).toEqual(byHand);
  });

  it('leaves no rep more than one lead ahead of another after any batch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.uuid(), { maxLength: 80 }), (size, ids) => {
        const eligible = reps(...Array.from({ length: size }, (_, index) => `rep-${index}`));
        const pool = assignAll(emptyPool, eligible, ids);
        expect(pool.members.reduce((sum, one) => sum + one.count, 0)).toBe(ids.length);
        expect(spread(pool)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('floods nobody who enters between two batches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uuid(), { minLength: 1, maxLength: 40 }),
        fc.array(fc.uuid(), { minLength: 1, maxLength: 40 }),
        (first, second) => {
          const pool = assignAll(assignAll(emptyPool, reps('ann', 'bob'), first), reps('ann', 'bob', 'cem'), second);
          expect(spread(pool)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
