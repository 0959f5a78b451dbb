import type { FieldType } from '@meilenstein/kernel';
import { isList, isRecord, type Json } from './json.ts';
import { holdsPredicate } from './predicates.ts';

/** A word of a known list; `value` where the document holds something else than the id. */
export type Option = { readonly id: string; readonly label: string; readonly value?: Json };

/** What the document holds for an option. */
export const valueOf = (option: Option): Json => (option.value === undefined ? option.id : option.value);

/** A field that predicates may test. A name that ends in `.*` stands for the company's own fields. */
export type TestableField = { readonly id: string; readonly label: string; readonly type: FieldType; readonly options?: readonly Option[] };

type Labelled = {
  /** what it is called here; otherwise the texts name it by its field */
  readonly label?: string;
  readonly hint?: string;
};

/**
 * How a part of a document is edited, in the words of the screen that shows it. What has no shape is edited by what its value looks like;
 * a shape is needed for known lists of words, for what may be absent, and for lists that may be empty.
 */
export type Shape = Labelled &
  (
    | { readonly kind: 'text'; readonly isLong?: boolean }
    | { readonly kind: 'texts' }
    | { readonly kind: 'number'; readonly lowest?: number; readonly highest?: number; readonly isWhole?: boolean; readonly unit?: string }
    /** a number that the API takes as a decimal text */
    | { readonly kind: 'decimal' }
    | { readonly kind: 'yes-no' }
    | { readonly kind: 'day' }
    | { readonly kind: 'clock-time' }
    | { readonly kind: 'one-of'; readonly options: readonly Option[] }
    | { readonly kind: 'several'; readonly options: readonly Option[] }
    | { readonly kind: 'predicate'; readonly fields: readonly TestableField[] }
    /** `isInline`: short fields, side by side */
    | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Shape>>; readonly isInline?: boolean }
    /** `start`: a new item where there is none to copy; `isInline`: short items, edited in a row each */
    | {
        readonly kind: 'list';
        readonly item: Shape;
        readonly start: Json;
        readonly isInline?: boolean;
        readonly title?: (item: Json) => string;
      }
    /** names chosen by the company, each with a value */
    | { readonly kind: 'map'; readonly item: Shape; readonly start: Json }
    /** may be absent or null; `none` says what that means */
    | { readonly kind: 'optional'; readonly of: Shape; readonly start: Json; readonly none: string; readonly absent: 'null' | 'missing' }
    /** a record whose field `by` decides which others it has */
    | { readonly kind: 'variant'; readonly by: string; readonly variants: readonly Variant[] }
    /** shown, not edited */
    | { readonly kind: 'fixed' }
  );

type Variant = Option & { readonly fields: Readonly<Record<string, Shape>>; readonly start: Json };

const ofText = (value: string): Shape => {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { kind: 'day' };
  if (/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value)) return { kind: 'clock-time' };
  if (/^-?\d+\.\d+$/.test(value)) return { kind: 'decimal' };
  return { kind: 'text', isLong: value.length > 80 || value.includes('\n') };
};

/** The shape of a value that no screen described. */
export const shapeOf = (value: Json | undefined): Shape => {
  if (typeof value === 'string') return ofText(value);
  if (typeof value === 'number') return { kind: 'number' };
  if (typeof value === 'boolean') return { kind: 'yes-no' };
  if (isList(value)) {
    const [first] = value;
    if (first === undefined) return { kind: 'texts' };
    return value.every((each) => typeof each === 'string' && shapeOf(each).kind === 'text')
      ? { kind: 'texts' }
      : { kind: 'list', item: shapeOf(first), start: first };
  }
  if (holdsPredicate(value)) return { kind: 'predicate', fields: [] };
  return isRecord(value) ? { kind: 'record', fields: {} } : { kind: 'fixed' };
};

/** The fields of a record in the order in which they are edited: those of the shape first. */
export const fieldsOf = (shape: Shape, value: Json | undefined): readonly (readonly [string, Shape])[] => {
  const record = isRecord(value) ? value : {};
  if (shape.kind === 'map') return Object.keys(record).map((name) => [name, shape.item]);
  const described = describedFields(shape, record);
  const others = Object.entries(record).flatMap(([name, each]): [string, Shape][] => (name in described ? [] : [[name, shapeOf(each)]]));
  return [...Object.entries(described), ...others];
};

const describedFields = (shape: Shape, record: Readonly<Record<string, Json>>): Readonly<Record<string, Shape>> => {
  if (shape.kind === 'record') return shape.fields;
  if (shape.kind !== 'variant') return {};
  const chosen = shape.variants.find(({ id }) => id === record[shape.by]);
  return { [shape.by]: { kind: 'one-of', options: shape.variants }, ...chosen?.fields };
};

/** The shape of one field of a record. */
export const fieldShape = (shape: Shape, value: Json | undefined, name: string): Shape => {
  if (shape.kind === 'map') return shape.item;
  return fieldsOf(shape, value).find(([field]) => field === name)?.[1] ?? shapeOf(isRecord(value) ? value[name] : undefined);
};

/** The shape behind what may be absent. */
export const innerShape = (shape: Shape): Shape =>
  shape.kind === 'optional' ? { ...shape.of, ...(shape.label === undefined ? {} : { label: shape.label }) } : shape;
