import { instant, repId, type Instant, type LeadId, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The entry of a rep in a rotation: how many leads, when the last one, and whether the rep was eligible at the last routing. */
const rotationEntry = z.object({
  repId,
  count: z.int().nonnegative(),
  weight: z.int().positive(),
  lastAssignedAt: instant.nullable(),
  isPresent: z.boolean(),
});
export type RotationEntry = z.infer<typeof rotationEntry>;

/** The rotation of one rule. `level` is the smallest number of leads by weight among those present; it never falls. */
const rotation = z.object({
  entries: z.array(rotationEntry),
  level: z.object({ count: z.int().nonnegative(), weight: z.int().positive() }),
});
export type Rotation = z.infer<typeof rotation>;

export const noRotation: Rotation = { entries: [], level: { count: 0, weight: 1 } };

/** A rep who may receive a lead now, with the weight. */
export type Contender = { readonly repId: RepId; readonly weight: number };

type Share = { readonly count: number; readonly weight: number };

/** Compares shares in integers, so that nobody gains or loses by rounding. */
const isLess = (a: Share, b: Share): boolean => a.count * b.weight < b.count * a.weight;

const levelOf = (before: Share, present: readonly RotationEntry[]): Share => {
  const [first, ...others] = present;
  if (first === undefined) return before;
  const { count, weight } = others.reduce<Share>((least, one) => (isLess(one, least) ? one : least), first);
  return isLess(before, { count, weight }) ? { count, weight } : before;
};

/**
 * The rotation with the reps who are eligible now as present. A rep who enters or returns starts at the level of those present, and
 * never below their own count: so nobody is flooded after a holiday, and nobody gains by an absence. Entries are never removed.
 */
export const withPresent = (before: Rotation, contenders: readonly Contender[]): Rotation => {
  const level = levelOf(
    before.level,
    before.entries.filter((one) => one.isPresent),
  );
  const atLevel = (weight: number): number => Math.ceil((level.count * weight) / level.weight);
  const entered = contenders.map(({ repId: id, weight }): RotationEntry => {
    const known = before.entries.find((one) => one.repId === id);
    if (known?.isPresent === true) return { ...known, weight };
    return {
      repId: id,
      weight,
      count: Math.max(known?.count ?? 0, atLevel(weight)),
      lastAssignedAt: known?.lastAssignedAt ?? null,
      isPresent: true,
    };
  });
  const away = before.entries.filter((one) => !contenders.some((other) => other.repId === one.repId));
  const entries = [...entered, ...away.map((one) => ({ ...one, isPresent: false }))];
  return { entries: entries.toSorted((a, b) => (a.repId < b.repId ? -1 : 1)), level };
};

/** FNV-1a, 32 bits: breaks ties in the same way everywhere, and differently for each lead. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
};

const afterNext = ({ count, weight }: RotationEntry): Share => ({ count: count + 1, weight });

const order =
  (lead: LeadId) =>
  (a: RotationEntry, b: RotationEntry): number => {
    const [left, right] = [afterNext(a), afterNext(b)];
    if (isLess(left, right)) return -1;
    if (isLess(right, left)) return 1;
    const [seenA, seenB] = [a.lastAssignedAt ?? '', b.lastAssignedAt ?? ''];
    if (seenA !== seenB) return seenA < seenB ? -1 : 1;
    return hash(`${lead}\n${a.repId}`) - hash(`${lead}\n${b.repId}`) || (a.repId < b.repId ? -1 : 1);
  };

/** Whether the share of a rep, with this lead counted, exceeds their leads: the quota rule of Balinski and Young (1975). */
const isDue = (one: RotationEntry, all: readonly RotationEntry[]): boolean => {
  const [leads, weights] = [all.reduce((sum, other) => sum + other.count, 0), all.reduce((sum, other) => sum + other.weight, 0)];
  return one.count * weights < (leads + 1) * one.weight;
};

/**
 * The next rep among those present: of those who are due, the one with the fewest leads by weight after this lead, then the longest
 * time without a lead, then a hash of lead and rep. With equal weights this is the rep with the fewest leads. Every rep stays within
 * one lead of their share.
 */
export const nextRep = ({ entries }: Rotation, lead: LeadId): RepId | undefined => {
  const there = entries.filter((one) => one.isPresent);
  return there.filter((one) => isDue(one, there)).toSorted(order(lead))[0]?.repId;
};

const withChanged = (before: Rotation, id: RepId, change: (one: RotationEntry) => RotationEntry): Rotation => ({
  ...before,
  entries: before.entries.map((one) => (one.repId === id ? change(one) : one)),
});

/** The rotation after an assignment, by rotation or by hand: both count. */
export const countAssignment = (before: Rotation, id: RepId, at: Instant): Rotation =>
  withChanged(before, id, (one) => ({ ...one, count: one.count + 1, lastAssignedAt: at }));

/** The rotation after a turn is returned: the duplicate or unreal lead no longer counts. */
export const returnTurn = (before: Rotation, id: RepId): Rotation =>
  withChanged(before, id, (one) => ({ ...one, count: Math.max(0, one.count - 1) }));
