import { isIP } from 'node:net';

/** A parsed event pattern: says whether an event matches. */
export type EventMatcher = (event: unknown) => boolean;

type Leaf = (value: unknown) => boolean;

/**
 * Reads an event pattern as EventBridge and Lambda's event filters define it.
 * @param pattern object whose leaves are lists of alternatives
 * @throws for a comparison that is not supported, naming it
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventMatcher(pattern: unknown): EventMatcher {
  if (!isObject(pattern)) throw new Error(`an event pattern must be an object, not ${JSON.stringify(pattern)}`);
  const parts = Object.entries(pattern).map(([key, part]): EventMatcher => {
    if (key === '$or') return anyOf(part);
    const inside = Array.isArray(part) ? leafMatcher(part) : nestedMatcher(part);
    return (event) => inside(isObject(event) ? event[key] : undefined);
  });
  return (event) => parts.every((matches) => matches(event));
}

function anyOf(alternatives: unknown): EventMatcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2) throw new Error('$or needs a list of at least two patterns');
  const matchers = alternatives.map(eventMatcher);
  return (event) => matchers.some((matches) => matches(event));
}

/** A pattern below a key; where the event holds a list of objects, one of them has to match. */
function nestedMatcher(pattern: unknown): EventMatcher {
  const matches = eventMatcher(pattern);
  return (value) => (Array.isArray(value) ? value.some(matches) : matches(value));
}

/** Alternatives at a leaf; where the event holds a list, one of its values has to match one alternative. */
function leafMatcher(alternatives: readonly unknown[]): EventMatcher {
  const leaves = alternatives.map(leaf);
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? (value.length === 0 ? [undefined] : value) : [value];
    return values.some((each) => leaves.some((matches) => matches(each)));
  };
}

function leaf(alternative: unknown): Leaf {
  if (!isObject(alternative)) return (value) => value === alternative;
  const [[name, argument] = [''], ...others] = Object.entries(alternative);
  const comparison = comparisons[name];
  if (comparison === undefined || others.length > 0) throw new Error(`the comparison ${JSON.stringify(alternative)} is not supported`);
  return comparison(argument);
}

const comparisons: Readonly<Record<string, (argument: unknown) => Leaf>> = {
  exists: (argument) => (value) => (value !== undefined && !isObject(value)) === (argument === true),
  prefix: (argument) => caseAware(argument, (text, start) => text.startsWith(start)),
  suffix: (argument) => caseAware(argument, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (argument) => onText(argument, (text, wanted) => text.toLowerCase() === wanted.toLowerCase()),
  wildcard: (argument) => {
    const expression = wildcardExpression(asText(argument));
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: (argument) => {
    const bounds = readBounds(argument);
    return (value) => typeof value === 'number' && bounds.every((inside) => inside(value));
  },
  cidr: (argument) => insideBlock(asText(argument)),
  'anything-but': (argument) => {
    const isExcluded = isObject(argument) ? excludedBy(argument) : excludedValues(Array.isArray(argument) ? argument : [argument]);
    return (value) => value !== undefined && !isObject(value) && !isExcluded(value);
  },
};

const excludedValues =
  (values: readonly unknown[]): Leaf =>
  (value) =>
    values.includes(value);

/** `anything-but` around another comparison, whose argument may be a list. */
function excludedBy(argument: Readonly<Record<string, unknown>>): Leaf {
  const leaves = Object.entries(argument).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map((each) => leaf({ [name]: each })),
  );
  return (value) => leaves.some((matches) => matches(value));
}

function caseAware(argument: unknown, compare: (text: string, part: string) => boolean): Leaf {
  if (!isObject(argument)) return onText(argument, compare);
  return onText(argument['equals-ignore-case'], (text, part) => compare(text.toLowerCase(), part.toLowerCase()));
}

function onText(argument: unknown, compare: (text: string, argument: string) => boolean): Leaf {
  const wanted = asText(argument);
  return (value) => typeof value === 'string' && compare(value, wanted);
}

/** `*` stands for any text; a backslash takes the star's meaning away. */
function wildcardExpression(wildcard: string): RegExp {
  const parts = wildcard.match(/\\.|\*+|[^\\*]+/gs) ?? [];
  const source = parts.map((part) => (part.startsWith('*') ? '.*' : escape(part.startsWith('\\') ? part.slice(1) : part)));
  return new RegExp(`^${source.join('')}$`, 's');
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const orders: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function readBounds(argument: unknown): readonly ((value: number) => boolean)[] {
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 !== 0)
    throw new Error('numeric needs pairs of operator and number');
  return Array.from({ length: argument.length / 2 }, (_, index) => {
    const order = orders[String(argument[2 * index])];
    const bound: unknown = argument[2 * index + 1];
    if (order === undefined || typeof bound !== 'number') throw new Error(`numeric does not know ${JSON.stringify(argument)}`);
    return (value) => order(value, bound);
  });
}

function insideBlock(block: string): Leaf {
  const [base = '', length = ''] = block.split('/');
  if (isIP(base) === 0 || !/^\d+$/.test(length)) throw new Error(`cidr ${block} is not an address block`);
  const [width, bits] = [isIP(base) === 4 ? 32n : 128n, BigInt(length)];
  const shift = width - bits;
  const network = addressNumber(base) >> shift;
  return (value) => typeof value === 'string' && isIP(value) === isIP(base) && addressNumber(value) >> shift === network;
}

function addressNumber(address: string): bigint {
  if (isIP(address) === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((side) => side.split(':').filter((part) => part !== ''));
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array.from({ length: missing }, () => '0'), ...(after ?? [])];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected text in an event pattern but found ${JSON.stringify(value)}`);
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
