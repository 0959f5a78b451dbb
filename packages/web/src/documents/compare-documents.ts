import { isList, isRecord, isSame, namesOf, type Json, type JsonList, type JsonRecord } from './json.ts';
import { holdsPredicate } from './predicates.ts';

/** A step into a document: a field of a record, an item of a list by what it is called, or the order of a list. */
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'item'; readonly id: string; readonly title: string }
  | { readonly kind: 'order' };

/** A place where documents differ; undefined where it is absent. */
export type Difference = {
  /** unique among the differences of one comparison */
  readonly key: string;
  readonly path: readonly Step[];
  readonly before: Json | undefined;
  readonly now: Json | undefined;
  readonly mine: Json | undefined;
};

const identities = ['id', 'segmentId', 'territoryId', 'sequenceId', 'teamId', 'repId', 'milestoneId', 'planId', 'processId'] as const;

const naming = ['name', 'title', ...identities] as const;

/** What identifies an item among its neighbours; undefined where nothing does. */
export const idOf = (item: Json): string | undefined => {
  if (typeof item === 'string') return item;
  if (!isRecord(item)) return undefined;
  const name = identities.find((each) => typeof item[each] === 'string');
  return name === undefined ? undefined : String(item[name]);
};

/** What an item is called by its own data; empty where it has no name. */
export const titleOf = (item: Json | undefined): string => {
  if (typeof item === 'string' || typeof item === 'number') return String(item);
  if (!isRecord(item)) return '';
  const name = naming.find((each) => typeof item[each] === 'string' && item[each] !== '');
  return name === undefined ? '' : String(item[name]);
};

/** The items by what identifies them; undefined where two are alike or one has no identity, so that only their positions tell them apart. */
const byId = (list: JsonList): ReadonlyMap<string, Json> | undefined => {
  const ids = list.map(idOf);
  if (ids.includes(undefined) || new Set(ids).size < ids.length) return undefined;
  return new Map(list.map((item, index) => [ids[index] ?? '', item]));
};

type Three<Value> = { readonly before: Value; readonly now: Value; readonly mine: Value };
type Side = 'before' | 'now' | 'mine';

const records = ({ before, now, mine }: Three<Json | undefined>): Three<JsonRecord> | undefined => {
  if (!isRecord(now) || !isRecord(mine) || holdsPredicate(now) || holdsPredicate(mine)) return undefined;
  return { before: isRecord(before) ? before : {}, now, mine };
};

type Items = ReadonlyMap<string, Json>;

const lists = ({ before, now, mine }: Three<Json | undefined>): Three<Items> | undefined => {
  if (!isList(now) || !isList(mine)) return undefined;
  const [was, is, wanted] = [byId(isList(before) ? before : []), byId(now), byId(mine)];
  return was === undefined || is === undefined || wanted === undefined ? undefined : { before: was, now: is, mine: wanted };
};

const keyOf = (path: readonly Step[]): string =>
  JSON.stringify(path.map((step) => (step.kind === 'order' ? 'order' : step.kind === 'field' ? step.name : [step.id])));

const difference = (path: readonly Step[], { before, now, mine }: Three<Json | undefined>): Difference => ({
  key: keyOf(path),
  path,
  before,
  now,
  mine,
});

/** The names of the items that both sides have, in the order of one of them. */
const commonOrder = (items: Three<Items>, side: Side): readonly string[] =>
  [...items[side].keys()].filter((id) => items.now.has(id) && items.mine.has(id));

const isReordered = (items: Three<Items>): boolean => !isSame(commonOrder(items, 'now'), commonOrder(items, 'mine'));

const titlesOf = (items: Items, ids: readonly string[]): JsonList => ids.map((id) => titleOf(items.get(id)) || id);

const orderStep: Step = { kind: 'order' };
const itemStep = (items: Three<Items>, id: string): Step => ({
  kind: 'item',
  id,
  title: titleOf(items.mine.get(id) ?? items.now.get(id) ?? items.before.get(id)) || id,
});

const ofId = (items: Three<Items>, id: string): Three<Json | undefined> => ({
  before: items.before.get(id),
  now: items.now.get(id),
  mine: items.mine.get(id),
});

const inOrder = (items: Three<Items>): readonly string[] => [...new Set([...items.mine.keys(), ...items.now.keys()])];

/**
 * Where what is in force now and the candidate differ, row by row, each with what stood there before both. A predicate is one row, and so
 * is a list whose items cannot be told apart.
 */
export const differences = (given: Three<Json | undefined>, path: readonly Step[] = []): readonly Difference[] => {
  if (isSame(given.now, given.mine)) return [];
  const fields = records(given);
  if (fields !== undefined) {
    const { before, now, mine } = fields;
    return namesOf(now, mine).flatMap((name) =>
      differences({ before: before[name], now: now[name], mine: mine[name] }, [...path, { kind: 'field', name }]),
    );
  }
  const items = lists(given);
  if (items === undefined) return [difference(path, given)];
  const rows = inOrder(items).flatMap((id) => differences(ofId(items, id), [...path, itemStep(items, id)]));
  if (!isReordered(items)) return rows;
  const order = (side: Side): JsonList => titlesOf(items[side], commonOrder(items, side));
  return [...rows, difference([...path, orderStep], { before: order('before'), now: order('now'), mine: order('mine') })];
};

/** What a candidate changes. */
export const changesOf = (inForce: Json, candidate: Json): readonly Difference[] =>
  differences({ before: inForce, now: inForce, mine: candidate });

export type Pick = 'now' | 'mine';
export type Picks = Readonly<Record<string, Pick | undefined>>;

/** Who changed a row since both began from the same: a row of `both` has no obvious answer. */
export const changedBy = ({ before, now, mine }: Difference): 'them' | 'me' | 'both' => {
  if (isSame(before, mine)) return 'them';
  return isSame(before, now) ? 'me' : 'both';
};

/** The items of both, in the order that was picked; an item of one side stands behind the one that it follows there. */
const mergedOrder = (items: Three<Items>, side: Pick): readonly string[] => {
  const other = side === 'now' ? 'mine' : 'now';
  const ids = [...items[side].keys()];
  return [...items[other].keys()].reduce<readonly string[]>((order, id, index, all) => {
    if (order.includes(id)) return order;
    const previous = all[index - 1];
    const at = previous === undefined ? 0 : order.indexOf(previous) + 1;
    return [...order.slice(0, at), id, ...order.slice(at)];
  }, ids);
};

/** The document that the picks make; a row without a pick stays as it is in force now. */
export const merged = (given: Three<Json | undefined>, picks: Picks, path: readonly Step[] = []): Json | undefined => {
  if (isSame(given.now, given.mine)) return given.now;
  const fields = records(given);
  if (fields !== undefined) {
    const { before, now, mine } = fields;
    const entries = namesOf(now, mine).flatMap((name): [string, Json][] => {
      const value = merged({ before: before[name], now: now[name], mine: mine[name] }, picks, [...path, { kind: 'field', name }]);
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(entries);
  }
  const items = lists(given);
  if (items === undefined) return given[picks[keyOf(path)] ?? 'now'];
  const order = mergedOrder(items, picks[keyOf([...path, orderStep])] ?? 'now');
  return order.flatMap((id) => merged(ofId(items, id), picks, [...path, itemStep(items, id)]) ?? []);
};
