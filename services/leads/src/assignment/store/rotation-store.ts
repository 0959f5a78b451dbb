import { itemLimits } from '@meilenstein/contracts';
import { instant, repId, type RepId } from '@meilenstein/kernel';
import { queryAll, type Item, type Table, type Write } from '@meilenstein/runtime';
import * as z from 'zod';
import { noRotation, type Rotation, type RotationEntry } from '../domain/rotation.ts';
import type { ChangedRotation, RoutingState } from '../domain/route-lead.ts';
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

/** Entries that are written with the lead: this leaves room in the transaction for everything else. */
const mostWithLead = 60;
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

/** Rules come and go, and each leaves a rotation behind: the oldest ones are forgotten, and a rep who comes back to one begins anew. */
const newestEntries = (entries: RepEntries['entries']): RepEntries['entries'] => {
  const all = Object.entries(entries);
  if (all.length <= itemLimits.rotationsOfRep) return entries;
  const newestFirst = all.toSorted(([, a], [, b]) => ((a.lastAssignedAt ?? '') < (b.lastAssignedAt ?? '') ? 1 : -1));
  return Object.fromEntries(newestFirst.slice(0, itemLimits.rotationsOfRep));
};

/** A rep has one item for all rotations and the open leads, so that two assignments to the same rep always collide. */
const put = ({ reps }: LoadedRotations, id: RepId, entries: RepEntries['entries']): Write => {
  const found = reps.get(id);
  const version = found?.version ?? 0;
  const item = {
    ...rotationRepKey(id),
    version: version + 1,
    repId: id,
    open: found?.open ?? 0,
    entries: newestEntries({ ...found?.entries, ...entries }),
  };
  return { put: item, when: whenever(version) };
};

const stored = ({ count, weight, lastAssignedAt }: RotationEntry): RepEntries['entries'][string] => ({ count, weight, lastAssignedAt });

/** Compared with what is stored of the rep, because entries may be stored before their rotation is. */
const isStored = ({ reps }: LoadedRotations, rotation: string, { repId: id, count, weight, lastAssignedAt }: RotationEntry): boolean => {
  const entries = reps.get(id)?.entries ?? {};
  const entry = Object.hasOwn(entries, rotation) ? entries[rotation] : undefined;
  return entry?.count === count && entry.weight === weight && entry.lastAssignedAt === lastAssignedAt;
};

const takesPartAsBefore = (a: RotationEntry, b: RotationEntry | undefined): boolean =>
  a.isPresent === b?.isPresent && a.weight === b.weight;

/**
 * The writes of a rotation's new state: the entries that changed, each on condition that the rep was assigned nothing else in the
 * meantime, and who takes part if that changed. If very many reps enter at once, their entries go first, in transactions of their own:
 * an entry says nothing before its rep takes part.
 */
export const rotationWrites = (
  found: LoadedRotations,
  { id, state: after }: ChangedRotation,
): { readonly writes: readonly Write[]; readonly goFirst: boolean } => {
  const before = new Map(rotationIn(found, id).entries.map((one) => [one.repId, one]));
  const changed = after.entries.filter((one) => !isStored(found, id, one));
  const entries = changed.map((one) => put(found, one.repId, { [id]: stored(one) }));
  if (entries.length > mostWithLead) return { writes: entries.slice(0, mostAtOnce), goFirst: true };
  const isSame = found.heads.has(id) && after.entries.every((one) => takesPartAsBefore(one, before.get(one.repId)));
  if (isSame) return { writes: entries, goFirst: false };
  const version = found.heads.get(id)?.version ?? 0;
  const present = after.entries.filter((one) => one.isPresent).map((one) => one.repId);
  const head: Write = {
    put: { ...rotationHeadKey(id), version: version + 1, rotation: id, present, level: after.level },
    when: whenever(version),
  };
  return { writes: [...entries, head], goFirst: false };
};

/**
 * The rotation state. Each rep has one item, and no item is written by every lead: who takes part is written only when that changes.
 * A choice from stale counts stays fair, because the counts of others only grow and that of the chosen rep is a condition of the
 * write.
 */
export const rotationStore = ({ table }: { readonly table: Table }) => ({
  load: async (): Promise<LoadedRotations> => foundIn(await queryAll(table, { partition: rotationsPartition })),
});
export type RotationStore = ReturnType<typeof rotationStore>;

/** The writes that move a lead between the open-lead counts of its owners; a decision that was based on the former count fails. */
export const openLeadsChanged = (before: RepId | null, after: RepId | null): readonly Write[] => {
  if (before === after) return [];
  const by = (id: RepId | null, open: number): readonly Write[] =>
    id === null ? [] : [{ add: rotationRepKey(id), by: { open, version: 1 } }];
  return [...by(before, -1), ...by(after, 1)];
};
