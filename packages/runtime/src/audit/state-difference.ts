import type { AuditedChange } from '@meilenstein/contracts';

type Scalar = AuditedChange['from'];
type Leaf = readonly [path: string, value: Scalar];

const longestText = 500;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A step of a JSON Pointer (RFC 6901). */
const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const textAt = (value: unknown, name: string): string | undefined => {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** The property that tells the members of a list apart; undefined where none does. */
const identityOf = (members: readonly unknown[]): string | undefined => {
  const [first] = members;
  const candidates = isObject(first) ? Object.keys(first).filter((name) => name === 'id' || name.endsWith('Id')) : [];
  return candidates.find((name) => {
    const ids = members.map((member) => textAt(member, name));
    return !ids.includes(undefined) && new Set(ids).size === ids.length;
  });
};

const scalarOf = (value: unknown): Scalar => {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
};

/** Every value of a state with its path. Members of a list are told by their id where they have one: else one more would move all others. */
const leavesOf = (value: unknown, path = ''): readonly Leaf[] => {
  if (Array.isArray(value)) {
    const members: readonly unknown[] = value;
    const identity = identityOf(members);
    return members.flatMap((member, index) =>
      leavesOf(member, path + step((identity === undefined ? undefined : textAt(member, identity)) ?? String(index))),
    );
  }
  if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path + step(name)));
  const scalar = scalarOf(value);
  return scalar === null ? [] : [[path, scalar]];
};

/** From what to what: every value that is another one, in the order of the later state, then what is gone. */
export const stateDifference = (before: unknown, after: unknown): readonly AuditedChange[] => {
  const [was, is] = [new Map(leavesOf(before)), new Map(leavesOf(after))];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((path) => {
    const [from, to] = [was.get(path) ?? null, is.get(path) ?? null];
    return from === to ? [] : [{ path, from, to }];
  });
};
