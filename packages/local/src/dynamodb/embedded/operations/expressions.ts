import { type AttributeValue, type Item, readValue } from '../values/attribute-value.ts';
import { invalid, unsupported } from '../database-error.ts';

/** Names and values that an expression may refer to. */
export type Placeholders = {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
};

/** Whether an item may be replaced or removed: nothing is there, or an attribute has a value. */
export type ItemCondition = { readonly absent: true } | { readonly attribute: string; readonly equals: AttributeValue };

/** What an `ADD` brings to each attribute. */
export type Additions = readonly (readonly [attribute: string, value: AttributeValue])[];

/** Resolves `#name` and `:value`, and remembers which were used. */
function resolver(kind: string, { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Placeholders) {
  const used = new Set<string>();
  return {
    name: (reference: string): string => {
      const found = names[reference];
      if (found === undefined)
        throw invalid(
          `Invalid ${kind}: An expression attribute name used in the document path is not defined; attribute name: ${reference}`,
        );
      used.add(reference);
      return found;
    },
    value: (reference: string): AttributeValue => {
      const found = values[reference];
      if (found === undefined)
        throw invalid(`Invalid ${kind}: An expression attribute value used in expression is not defined; attribute value: ${reference}`);
      used.add(reference);
      return readValue(found);
    },
    refuseUnused: (): void => {
      const refuse = (what: string, references: readonly string[]): void => {
        const unused = references.filter((one) => !used.has(one));
        if (unused.length > 0) throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`);
      };
      refuse('ExpressionAttributeNames', Object.keys(names));
      refuse('ExpressionAttributeValues', Object.keys(values));
    },
  };
}

function refuseEmpty(
  kind: string,
  text: string,
  { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Placeholders,
): void {
  if (text === '') throw invalid(`Invalid ${kind}: The expression can not be empty;`);
  if (names !== undefined && Object.keys(names).length === 0) throw invalid('ExpressionAttributeNames must not be empty');
  if (values !== undefined && Object.keys(values).length === 0) throw invalid('ExpressionAttributeValues must not be empty');
}

/** Refuses placeholders that no expression goes with. */
export function refusePlaceholders(input: Placeholders): void {
  if (input.ExpressionAttributeNames !== undefined) throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  if (input.ExpressionAttributeValues !== undefined)
    throw invalid('ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null');
}

const notExists = /^\s*attribute_not_exists\s*\(\s*(#?\w+)\s*\)\s*$/;
const equality = /^\s*(#\w+)\s*=\s*(:\w+)\s*$/;

/** @param keyNames attributes of the table's key: an item is absent where one of them is */
export function readCondition(text: string, input: Placeholders, keyNames: readonly string[]): ItemCondition {
  refuseEmpty('ConditionExpression', text, input);
  const resolve = resolver('ConditionExpression', input);
  const condition = ((): ItemCondition | undefined => {
    const [, absent] = notExists.exec(text) ?? [];
    if (absent !== undefined) {
      const attribute = absent.startsWith('#') ? resolve.name(absent) : absent;
      return keyNames.includes(attribute) ? { absent: true } : undefined;
    }
    const [, name, value] = equality.exec(text) ?? [];
    return name === undefined || value === undefined ? undefined : { attribute: resolve.name(name), equals: resolve.value(value) };
  })();
  if (condition === undefined)
    throw unsupported(`the ConditionExpression "${text}" (only "attribute_not_exists(<key attribute>)" and "#name = :value" are)`);
  resolve.refuseUnused();
  return condition;
}

export function holds(condition: ItemCondition, item: Item | undefined): boolean {
  if ('absent' in condition) return item === undefined;
  const found = item?.[condition.attribute];
  return found !== undefined && JSON.stringify(found) === JSON.stringify(condition.equals);
}

const addition = /^\s*(#\w+)\s+(:\w+)\s*$/;

export function readAdditions(text: string, input: Placeholders): Additions {
  refuseEmpty('UpdateExpression', text, input);
  const [, list] = /^\s*ADD\s(.*)$/is.exec(text) ?? [];
  const resolve = resolver('UpdateExpression', input);
  const parts = (list ?? '').split(',').map((part) => addition.exec(part));
  const additions = parts.map((part): readonly [string, AttributeValue] => {
    const [, name, value] = part ?? [];
    if (name === undefined || value === undefined) throw unsupported(`the UpdateExpression "${text}" (only "ADD #name :number, …" is)`);
    return [resolve.name(name), resolve.value(value)];
  });
  resolve.refuseUnused();
  const [twice] = additions.map(([name]) => name).filter((name, position, all) => all.indexOf(name) < position);
  if (twice !== undefined)
    throw invalid(
      `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${twice}], path two: [${twice}]`,
    );
  return additions;
}

const keyCondition =
  /^\s*(#\w+)\s*=\s*(:\w+)\s*(?:AND\s+(?:(#\w+)\s*=\s*(:\w+)|begins_with\s*\(\s*(#\w+)\s*,\s*(:\w+)\s*\)|(#\w+)\s+BETWEEN\s+(:\w+)\s+AND\s+(:\w+)))?\s*$/i;

/** The partition and the range of sort keys that a query asks for, each with the attribute that it names. */
export type KeyCondition = {
  readonly hash: readonly [attribute: string, value: AttributeValue];
  readonly range?: { readonly attribute: string; readonly kind: 'prefix' | 'between'; readonly values: readonly AttributeValue[] };
};

export function readKeyCondition(text: string, input: Placeholders): KeyCondition {
  refuseEmpty('KeyConditionExpression', text, input);
  const [matched, hash = '', value = '', equal, equals = '', begins, prefix = '', between, from = '', until = ''] =
    keyCondition.exec(text) ?? [];
  if (matched === undefined)
    throw unsupported(
      `the KeyConditionExpression "${text}" (only "#pk = :pk", alone or with AND and one of "#sk = :sk", "begins_with(#sk, :from)", "#sk BETWEEN :from AND :until", is)`,
    );
  const resolve = resolver('KeyConditionExpression', input);
  const found = { hash: [resolve.name(hash), resolve.value(value)] } as const;
  const range =
    equal !== undefined
      ? { attribute: resolve.name(equal), kind: 'between' as const, values: [resolve.value(equals), resolve.value(equals)] }
      : begins !== undefined
        ? { attribute: resolve.name(begins), kind: 'prefix' as const, values: [resolve.value(prefix)] }
        : between !== undefined
          ? { attribute: resolve.name(between), kind: 'between' as const, values: [resolve.value(from), resolve.value(until)] }
          : undefined;
  resolve.refuseUnused();
  return range === undefined ? found : { ...found, range };
}
