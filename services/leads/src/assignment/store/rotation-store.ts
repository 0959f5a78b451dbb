import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import { queryAll, type Item, type Machinery, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import {
  countAssignment,
  returnTurn,
  noRotation,
  withPresent,
  type Contender,
  type Rotation,
  type RotationEntry,
} from '../domain/rotation.ts';
import type { RoutingState } from '../domain/route-lead.ts';
import { rotationHeadKey, rotationRepKey, rotationsPartition } from '../../keys.ts';

const share = z.object({ count: z.int().nonnegative(), weight: z.int().positive() });
const headItem = z.looseObject({ version: z.int(), rotation: z.string(), present: z.array(repId), level: share });
const storedEntry = share.extend({ lastAssignedAt: instant.nullable() });
const entriesOfRep = z.record(z.string(), storedEntry);
/** The item of a rep: `version` grows with each lead that comes or goes. A rep who was never in a rotation has only the number of open leads. */
const repItem = z.looseObject({ sk: z.string(), version: z.int(), open: z.int().default(0), entries: entriesOfRep.default({}) });
/** Former items that counted open leads separately; their counts stay valid and are never written again. */
const openItem = z.looseObject({ sk: z.string(), open: z.int() });

type Head = z.infer<typeof headItem>;
type RepEntries = { readonly repId: RepId } & Pick<z.infer<typeof repItem>, 'version' | 'open' | 'entries'>;

/** The rotation state of all rotations, as it was read. */
export type LoadedRotations = {
  readonly state: RoutingState;
  readonly heads: ReadonlyMap<string, Head>;
  readonly reps: ReadonlyMap<RepId, RepEntries>;
};

const mostTries = 40;
const mostAtOnce = 90;
const repPrefix = 'REP#';
const openPrefix = 'OPEN#';

const whenever = (version: number | undefined) => (version === undefined || version === 0 ? ('absent' as const) : { versionIs: version });

const rotationOf = ({ rotation, present: there, level }: Head, reps: readonly RepEntries[]): Rotation => ({
  level,
  entries: reps
    .flatMap(({ repId: id, entries }): RotationEntry[] => {
      const entry = Object.hasOwn(entries, rotation) ? entries[rotation] : undefined;
      return entry === undefined ? [] : [{ repId: id, ...entry, isPresent: there.includes(id) }];
    })
    .toSorted((a, b) => (a.repId < b.repId ? -1 : 1)),
});

const foundIn = (items: readonly Item[]): LoadedRotations => {
  const heads = items.flatMap((item) => headItem.safeParse(item).data ?? []);
  const reps = items
    .filter(({ sk }) => sk.startsWith(repPrefix))
    .map((item): RepEntries => ({ ...repItem.parse(item), repId: repId.parse(item.sk.slice(repPrefix.length)) }));
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

const rotationIn = ({ state }: LoadedRotations, rotation: string): Rotation =>
  Object.hasOwn(state.rotations, rotation) ? (state.rotations[rotation] ?? noRotation) : noRotation;

/** A rep has one item for all rotations and the open leads, so that two assignments to the same rep always collide. */
const put = ({ reps }: LoadedRotations, id: RepId, entries: RepEntries['entries']): Write => {
  const found = reps.get(id);
  const version = found?.version ?? 0;
  const item = {
    ...rotationRepKey(id),
    version: version + 1,
    repId: id,
    open: found?.open ?? 0,
    entries: { ...found?.entries, ...entries },
  };
  return { put: item, when: whenever(version) };
};

const stored = ({ count, weight, lastAssignedAt }: RotationEntry): RepEntries['entries'][string] => ({ count, weight, lastAssignedAt });

const isSameEntry = (a: RotationEntry, b: RotationEntry | undefined): boolean => a.count === b?.count && a.weight === b.weight;

/**
 * The rotation state. Each rep has one item, and no item is written by every lead: who takes part is written only when that changes.
 * A choice from stale counts stays fair, because the counts of others only grow and that of the chosen rep is a condition of the
 * write.
 */
export const rotationStore = ({ table, delay, random }: Pick<Machinery, 'table' | 'delay' | 'random'>) => {
  const load = async (): Promise<LoadedRotations> => foundIn(await queryAll(table, { partition: rotationsPartition }));

  /** The entries of new reps are written before they take part; false if another writer was faster. */
  const write = async (found: LoadedRotations, rotation: string, after: Rotation): Promise<boolean> => {
    const before = rotationIn(found, rotation);
    const moved = after.entries.filter(
      (one) =>
        one.isPresent &&
        !isSameEntry(
          one,
          before.entries.find((other) => other.repId === one.repId),
        ),
    );
    const version = found.heads.get(rotation)?.version ?? 0;
    const there = after.entries.filter((one) => one.isPresent).map((one) => one.repId);
    const head: Write = {
      put: { ...rotationHeadKey(rotation), version: version + 1, rotation, present: there, level: after.level },
      when: whenever(version),
    };
    const writes = [...moved.map((one) => put(found, one.repId, { [rotation]: stored(one) })), head];
    for (let from = 0; from < writes.length; from += mostAtOnce)
      if (!(await table.transact(writes.slice(from, from + mostAtOnce))).done) return false;
    return true;
  };

  return {
    load,
    /** the rotations, with exactly these reps taking part in one of them */
    updateContenders: async (first: LoadedRotations, rotation: string, contenders: readonly Contender[]): Promise<LoadedRotations> => {
      let found = first;
      for (let tries = 0; tries < mostTries; tries += 1) {
        const before = rotationIn(found, rotation);
        const after = withPresent(before, contenders);
        const isSame = after.entries.every((one) => {
          const known = before.entries.find((other) => other.repId === one.repId);
          return known !== undefined && known.isPresent === one.isPresent && known.weight === one.weight;
        });
        if (isSame && found.heads.has(rotation)) return found;
        if (!(await write(found, rotation, after)) && tries > 0) await delay(random() * 20);
        found = await load();
      }
      throw new Error(`rotation ${rotation}: its participants changed during every try`);
    },
    /** the write that counts an assignment, on condition that the rep was assigned nothing else in the meantime; none for a rep outside the rotation */
    assignmentWrites: (found: LoadedRotations, rotation: string | null, to: RepId, at: Instant): readonly Write[] => {
      const after =
        rotation === null ? undefined : countAssignment(rotationIn(found, rotation), to, at).entries.find((one) => one.repId === to);
      return rotation === null || after === undefined ? [] : [put(found, to, { [rotation]: stored(after) })];
    },
    /** the write that returns a turn */
    returnedTurnWrites: (found: LoadedRotations, rotation: string, to: RepId): readonly Write[] => {
      const after = returnTurn(rotationIn(found, rotation), to).entries.find((one) => one.repId === to);
      return after === undefined ? [] : [put(found, to, { [rotation]: stored(after) })];
    },
  };
};
export type RotationStore = ReturnType<typeof rotationStore>;

/** The writes that move a lead between the open-lead counts of its owners; a decision that was based on the former count fails. */
export const openLeadsChanged = (before: RepId | null, after: RepId | null): readonly Write[] => {
  if (before === after) return [];
  const by = (id: RepId | null, open: number): readonly Write[] =>
    id === null ? [] : [{ add: rotationRepKey(id), by: { open, version: 1 } }];
  return [...by(before, -1), ...by(after, 1)];
};
