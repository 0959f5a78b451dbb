import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import { queryAll, type Item, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { countAssignment, creditLead, noRotation, present, type Contender, type Rotation, type Turn } from '../domain/routing/rotation.ts';
import type { RoutingState } from '../domain/routing/route-lead.ts';
import { turnsHeadKey, turnsOfRepKey, turnsPartition } from './keys.ts';

const share = z.object({ count: z.int().nonnegative(), weight: z.int().positive() });
const headItem = z.looseObject({ version: z.int(), rotation: z.string(), present: z.array(repId), level: share });
const storedTurn = share.extend({ lastAssignedAt: instant.nullable() });
const turnsOfRep = z.record(z.string(), storedTurn);
/** The item of a rep: `version` grows with each lead that comes or goes. Who was never in turn has only the open leads. */
const repItem = z.looseObject({ sk: z.string(), version: z.int(), open: z.int().default(0), turns: turnsOfRep.default({}) });
/** Until they stood with the turns, open leads were counted here; what was counted stays valid and is never written again. */
const openItem = z.looseObject({ sk: z.string(), open: z.int() });

type Head = z.infer<typeof headItem>;
type RepTurns = { readonly repId: RepId } & Pick<z.infer<typeof repItem>, 'version' | 'open' | 'turns'>;

/** Everything that changes with assignments, as it was read. */
export type FoundTurns = {
  readonly state: RoutingState;
  readonly heads: ReadonlyMap<string, Head>;
  readonly reps: ReadonlyMap<RepId, RepTurns>;
};

const mostTries = 40;
const mostAtOnce = 90;
const repPrefix = 'REP#';
const openPrefix = 'OPEN#';

const whenever = (version: number | undefined) => (version === undefined || version === 0 ? ('absent' as const) : { versionIs: version });

const rotationOf = ({ rotation, present: there, level }: Head, reps: readonly RepTurns[]): Rotation => ({
  level,
  turns: reps
    .flatMap(({ repId: id, turns }): Turn[] => {
      const turn = Object.hasOwn(turns, rotation) ? turns[rotation] : undefined;
      return turn === undefined ? [] : [{ repId: id, ...turn, isPresent: there.includes(id) }];
    })
    .toSorted((a, b) => (a.repId < b.repId ? -1 : 1)),
});

const foundIn = (items: readonly Item[]): FoundTurns => {
  const heads = items.flatMap((item) => headItem.safeParse(item).data ?? []);
  const reps = items
    .filter(({ sk }) => sk.startsWith(repPrefix))
    .map((item): RepTurns => ({ ...repItem.parse(item), repId: repId.parse(item.sk.slice(repPrefix.length)) }));
  const openLeads = new Map(
    items
      .filter(({ sk }) => sk.startsWith(openPrefix))
      .map((item) => openItem.parse(item))
      .map(({ sk, open }) => [sk.slice(openPrefix.length), open]),
  );
  for (const { repId: id, open } of reps) openLeads.set(id, (openLeads.get(id) ?? 0) + open);
  return {
    heads: new Map(heads.map((one) => [one.rotation, one])),
    reps: new Map(reps.map((one) => [one.repId, one])),
    state: {
      rotations: Object.fromEntries(heads.map((head) => [head.rotation, rotationOf(head, reps)])),
      openLeads: Object.fromEntries([...openLeads].map(([id, open]) => [id, Math.max(0, open)])),
    },
  };
};

const turnIn = ({ state }: FoundTurns, rotation: string): Rotation =>
  Object.hasOwn(state.rotations, rotation) ? (state.rotations[rotation] ?? noRotation) : noRotation;

/** The item of a rep, one for all rotations and with the open leads, so that two assignments to the same rep never pass each other. */
const put = ({ reps }: FoundTurns, id: RepId, turns: RepTurns['turns']): Write => {
  const found = reps.get(id);
  const version = found?.version ?? 0;
  const item = { ...turnsOfRepKey(id), version: version + 1, repId: id, open: found?.open ?? 0, turns: { ...found?.turns, ...turns } };
  return { put: item, when: whenever(version) };
};

const stored = ({ count, weight, lastAssignedAt }: Turn): RepTurns['turns'][string] => ({ count, weight, lastAssignedAt });

const isSameTurn = (a: Turn, b: Turn | undefined): boolean => a.count === b?.count && a.weight === b.weight;

/**
 * Whose turn it is, rotation by rotation. Each rep has one item and nothing is written by all leads: who takes part is written only
 * when that changes. What was chosen from stale counts stays fair, because others' counts only grow and the chosen one's is a condition.
 */
export const turnStore = ({ table, delay, random }: Pick<Machinery, 'table' | 'delay' | 'random'>) => {
  const load = async (): Promise<FoundTurns> => foundIn(await queryAll(table, { partition: turnsPartition }));

  /** Those who entered have their turns before they take part; undefined where somebody else was at it. */
  const write = async (found: FoundTurns, rotation: string, after: Rotation): Promise<boolean> => {
    const before = turnIn(found, rotation);
    const moved = after.turns.filter(
      (one) =>
        one.isPresent &&
        !isSameTurn(
          one,
          before.turns.find((other) => other.repId === one.repId),
        ),
    );
    const version = found.heads.get(rotation)?.version ?? 0;
    const there = after.turns.filter((one) => one.isPresent).map((one) => one.repId);
    const head: Write = {
      put: { ...turnsHeadKey(rotation), version: version + 1, rotation, present: there, level: after.level },
      when: whenever(version),
    };
    const writes = [...moved.map((one) => put(found, one.repId, { [rotation]: stored(one) })), head];
    for (let from = 0; from < writes.length; from += mostAtOnce)
      if (!(await table.transact(writes.slice(from, from + mostAtOnce))).done) return false;
    return true;
  };

  return {
    load,
    /** the turns, with just these taking part in a rotation */
    entering: async (first: FoundTurns, rotation: string, contenders: readonly Contender[]): Promise<FoundTurns> => {
      let found = first;
      for (let tries = 0; tries < mostTries; tries += 1) {
        const before = turnIn(found, rotation);
        const after = present(before, contenders);
        const isSame = after.turns.every((one) => {
          const known = before.turns.find((other) => other.repId === one.repId);
          return known !== undefined && known.isPresent === one.isPresent && known.weight === one.weight;
        });
        if (isSame && found.heads.has(rotation)) return found;
        if (!(await write(found, rotation, after)) && tries > 0) await delay(random() * 20);
        found = await load();
      }
      throw new Error(`rotation ${rotation}: others changed who takes part all the time`);
    },
    /** the write that counts an assignment; it holds only where the rep was given nothing else meanwhile. Who takes no turns is not counted */
    counted: (found: FoundTurns, rotation: string | null, to: RepId, at: Instant): readonly Write[] => {
      const after = rotation === null ? undefined : countAssignment(turnIn(found, rotation), to, at).turns.find((one) => one.repId === to);
      return rotation === null || after === undefined ? [] : [put(found, to, { [rotation]: stored(after) })];
    },
    /** the write that gives a turn back */
    credited: (found: FoundTurns, rotation: string, to: RepId): readonly Write[] => {
      const after = creditLead(turnIn(found, rotation), to).turns.find((one) => one.repId === to);
      return after === undefined ? [] : [put(found, to, { [rotation]: stored(after) })];
    },
  };
};
export type TurnStore = ReturnType<typeof turnStore>;

/** What a change of a lead means for how many open leads its owners have; whoever decided by the number before is too late. */
export const openLeadsChanged = (before: RepId | null, after: RepId | null): readonly Write[] => {
  if (before === after) return [];
  const by = (id: RepId | null, open: number): readonly Write[] =>
    id === null ? [] : [{ add: turnsOfRepKey(id), by: { open, version: 1 } }];
  return [...by(before, -1), ...by(after, 1)];
};
