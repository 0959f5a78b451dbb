import { h, type ComponentChild, type ComponentChildren } from 'preact';
import type { Schema } from './open-api-document.ts';
import { joined, list, sentence } from './text.ts';

/** A schema in words: what it is, on one line, and below it its fields or forms, if it has any. */
type Shown = { readonly line: ComponentChildren[]; readonly below: readonly ComponentChild[] };

const code = (value: unknown): ComponentChild => h('code', null, typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

const range = (from: number | undefined, to: number | undefined, unit?: 'character' | 'item'): string[] => {
  const counted = (count: number): string => (unit === undefined ? `${count}` : `${count} ${unit}${count === 1 ? '' : 's'}`);
  if (to === undefined) return from === undefined ? [] : [`at least ${counted(from)}`];
  if (from === to) return [counted(to)];
  return [from === undefined || (from === 0 && unit !== undefined) ? `at most ${counted(to)}` : `${from} to ${counted(to)}`];
};

/** zod limits every integer to those that JavaScript can count. */
const limit = (value: number | undefined): number | undefined =>
  value !== undefined && Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;

const rulesOf = (schema: Schema): ComponentChildren[] => [
  ...range(schema.minLength, schema.maxLength, 'character'),
  ...range(limit(schema.minimum), limit(schema.maximum)),
  ...(schema.exclusiveMinimum === undefined ? [] : [`above ${schema.exclusiveMinimum}`]),
  ...[schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) => (pattern === undefined ? [] : [['matches ', code(pattern)]])),
];

const scalar = (schema: Schema): Shown => ({
  line: joined([[schema.type ?? 'any value', schema.format === undefined ? '' : ` (${schema.format})`], ...rulesOf(schema)], ', '),
  below: [],
});

const listOf = (schema: Schema, items: Schema): Shown => {
  const { line, below } = shown(items);
  const rules = [...range(schema.minItems, schema.maxItems, 'item'), ...(schema.uniqueItems === true ? ['none of them twice'] : [])];
  return { line: [`list${rules.length === 0 ? '' : ` (${rules.join(', ')})`} of `, ...line], below };
};

const objectOf = (schema: Schema): Shown => {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.entries(properties).map(([name, inner]) => field(name, inner, required.includes(name)));
  if (typeof additionalProperties !== 'object') return { line: ['object'], below: fields };
  const { line, below } = shown(additionalProperties);
  const keys = propertyNames === undefined ? [] : [', keys: ', ...shown(propertyNames).line];
  return { line: ['object', ...keys, ', each value: ', ...line], below: [...fields, ...below] };
};

const formsOf = (forms: readonly Schema[]): Shown => {
  const isNullable = forms.some((form) => form.type === 'null');
  const shownForms = forms.filter((form) => form.type !== 'null').map(shown);
  const end = isNullable ? [' or null'] : [];
  const [only] = shownForms;
  if (only !== undefined && shownForms.length === 1) return { line: [...only.line, ...end], below: only.below };
  if (shownForms.every((form) => form.below.length === 0))
    return {
      line: [
        ...joined(
          shownForms.map((form) => form.line),
          ' or ',
        ),
        ...end,
      ],
      below: [],
    };
  return { line: ['one of these', ...end], below: shownForms.map((form) => h('li', null, ...block(form))) };
};

const formOf = (schema: Schema): Shown => {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    return { line: [h('a', { href: `#${schemaId(name)}` }, name)], below: [] };
  }
  if (schema.const !== undefined) return { line: [code(schema.const)], below: [] };
  if (schema.enum !== undefined) return { line: joined(schema.enum.map(code), ' | '), below: [] };
  if (schema.anyOf !== undefined) return formsOf(schema.anyOf);
  if (schema.oneOf !== undefined) return formsOf(schema.oneOf);
  if (typeof schema.type === 'object')
    return formsOf(schema.type.map((type) => ({ ...schema, type, description: undefined, default: undefined })));
  if (schema.items !== undefined) return listOf(schema, schema.items);
  return schema.type === 'object' ? objectOf(schema) : scalar(schema);
};

const shown = (schema: Schema): Shown => {
  const { line, below } = formOf(schema);
  return {
    line: [
      ...line,
      ...(schema.default === undefined ? [] : ['; default ', code(schema.default)]),
      ...(schema.description === undefined ? [] : [': ', ...sentence(schema.description)]),
    ],
    below,
  };
};

const block = ({ line, below }: Shown): ComponentChildren[] => [...line, ...(below.length === 0 ? [] : [list(below)])];

/** The place on the page of a schema that has a name. */
export const schemaId = (name: string): string => `schema-${name}`;

/** A schema, with everything below it. */
export const schemaText = (schema: Schema): ComponentChildren[] => block(shown(schema));

/** A field or parameter with its schema: an item of a list. */
export const field = (name: string, schema: Schema, isRequired: boolean): ComponentChild =>
  h('li', null, h('b', null, name), isRequired ? ' ' : h('i', null, ' optional '), ...schemaText(schema));
