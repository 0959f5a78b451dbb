import type { FieldTest } from '@meilenstein/kernel';
import { useMessages, useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { day, instant } from '../format/days.ts';
import { count } from '../format/figures.ts';
import { idOf, titleOf, type Step } from './compare-documents.ts';
import { isList, isRecord, isSame, type Json } from './json.ts';
import { predicateSentence } from './predicate-sentence.ts';
import { isPredicate } from './predicates.ts';
import { fieldShape, fieldsOf, innerShape, valueOf, type Shape, type TestableField } from './shape.ts';

/** A document in words: what its fields are called, and what stands in them. */
export type DocumentWords = {
  readonly labelOf: (name: string, shape?: Shape) => string;
  readonly valueText: (shape: Shape, value: Json | undefined) => string;
  /** what an item of a list is called */
  readonly itemTitle: (list: Shape, item: Json, index: number) => string;
  /** one line about an item of a list */
  readonly itemSummary: (list: Shape, item: Json) => string;
  readonly fieldName: (fields: readonly TestableField[], id: string) => string;
  readonly ruleText: (fields: readonly TestableField[], rule: FieldTest) => string;
  /** where a difference is: the fields and items on the way to it */
  readonly whereText: (shape: Shape, path: readonly Step[], samples: readonly (Json | undefined)[]) => string;
  /** the shape of what a difference is about */
  readonly shapeAt: (shape: Shape, path: readonly Step[], samples: readonly (Json | undefined)[]) => Shape;
};

const ownPrefix = /^(?:number\.|text\.)?custom\./;

const longest = 160;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const isNaming = (name: string): boolean => /^(name|title|id|[a-z]+Id)$/.test(name) && name !== 'parentId';

/** Holds lists of its own, too much for a line. */
const isLong = (shape: Shape): boolean => {
  const here = innerShape(shape);
  return here.kind === 'list' || (here.kind === 'record' && Object.values(here.fields).some((field) => field.kind === 'list'));
};

/** The shape of an item, and the parts of the documents that it is about. */
const itemShapeOf = (shape: Shape): Shape => {
  if (shape.kind === 'several') return { kind: 'one-of', options: shape.options };
  if (shape.kind === 'texts') return { kind: 'text' };
  return shape.kind === 'list' || shape.kind === 'map' ? shape.item : { kind: 'record', fields: {} };
};

const childOf = (value: Json | undefined, step: Step): Json | undefined => {
  if (step.kind === 'field') return isRecord(value) ? value[step.name] : undefined;
  return step.kind === 'item' && isList(value) ? value.find((item) => idOf(item) === step.id) : undefined;
};

export const useDocumentWords = (): DocumentWords => {
  const t = useTranslations('documents');
  const { documents } = useMessages();
  const { locale, zone } = useWriting();
  const labels: Readonly<Record<string, string>> = documents.fields;

  const labelOf = (name: string, shape?: Shape): string => shape?.label ?? (Object.hasOwn(labels, name) ? (labels[name] ?? name) : name);

  const fieldName = (fields: readonly TestableField[], id: string): string => {
    const known = fields.find((field) => field.id === id);
    if (known !== undefined) return known.label;
    if (ownPrefix.test(id)) return t('predicate.own', { name: id.replace(ownPrefix, '') });
    const plain = id.replace(/^(?:text|number|business)\./, '');
    return plain === id ? labelOf(id) : fieldName(fields, plain);
  };

  const plain = (field: TestableField | undefined, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return count(locale, value);
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return instant(locale, value, zone);
    return field?.options?.find(({ id }) => id === value)?.label ?? t('predicate.quoted', { value });
  };

  const ruleText = (fields: readonly TestableField[], rule: FieldTest): string => {
    const field = fields.find(({ id }) => id === rule.field);
    const name = fieldName(fields, rule.field);
    const values = 'values' in rule ? rule.values : 'value' in rule ? [rule.value] : 'from' in rule ? [rule.from] : [];
    return t(`sentences.${rule.test}`, {
      field: name,
      value: values.map((value) => plain(field, value)).join(', '),
      to: 'to' in rule ? plain(field, rule.to) : '',
      days: 'days' in rule ? rule.days : 0,
    });
  };

  const sentence = (fields: readonly TestableField[], value: Json): string =>
    isPredicate(value)
      ? predicateSentence(value, {
          test: (rule) => ruleText(fields, rule),
          not: (part) => t('predicate.negated', { part }),
          and: t('predicate.and'),
          or: t('predicate.or'),
        })
      : '–';

  const recordText = (shape: Shape, value: Json, skips: (name: string, field: Shape) => boolean = () => false): string =>
    fieldsOf(shape, value)
      .flatMap(([name, each]) => {
        const held = isRecord(value) ? value[name] : undefined;
        if (held === undefined || held === null || held === 0 || skips(name, each) || (isList(held) && held.length === 0)) return [];
        const text = valueText(each, held);
        return innerShape(each).kind === 'predicate' ? [text] : [`${labelOf(name, each)}: ${text}`];
      })
      .join(' · ');

  const listText = (shape: Shape, value: Json): string => {
    if (!isList(value)) return '–';
    const item = itemShapeOf(shape);
    const titles = value.map(
      (each) => (shape.kind === 'list' ? shape.title?.(each) : undefined) || titleOf(each) || recordText(item, each),
    );
    return value.length > 4 || titles.join('').length > longest ? t('list.entries', { count: value.length }) : titles.join(', ') || '–';
  };

  const valueText = (shape: Shape, value: Json | undefined): string => {
    if (shape.kind === 'optional') return value === undefined || value === null ? shape.none : valueText(shape.of, value);
    if (shape.kind === 'one-of')
      return (
        shape.options.find((option) => isSame(valueOf(option), value))?.label ??
        (isRecord(value) ? recordText(shape, value) : String(value ?? '–'))
      );
    if (value === undefined || value === null) return '–';
    switch (shape.kind) {
      case 'number':
        return typeof value === 'number' ? `${count(locale, value)}${shape.unit === undefined ? '' : ` ${shape.unit}`}` : String(value);
      case 'yes-no':
        return t(value === true ? 'yes' : 'no');
      case 'day':
        return typeof value === 'string' ? day(locale, value) : '–';
      case 'several':
        return isList(value) ? value.map((id) => shape.options.find((each) => each.id === id)?.label ?? String(id)).join(', ') || '–' : '–';
      case 'texts':
        return isList(value) ? value.map(String).join(', ') || '–' : '–';
      case 'predicate':
        return sentence(shape.fields, value);
      case 'list':
        return listText(shape, value);
      case 'record':
      case 'variant':
      case 'map':
        return recordText(shape, value) || '–';
      default:
        return typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
  };

  const itemTitle = (shape: Shape, item: Json, index: number): string => {
    const given = shape.kind === 'list' ? shape.title?.(item) : undefined;
    return given ?? (titleOf(item) || t('list.entry', { number: index + 1 }));
  };

  const shapeAt = (shape: Shape, path: readonly Step[], samples: readonly (Json | undefined)[]): Shape => {
    const [step, ...rest] = path;
    const here = innerShape(shape);
    if (step === undefined) return here;
    if (step.kind === 'order') return { kind: 'texts' };
    const inner = samples.map((sample) => childOf(sample, step));
    if (step.kind === 'item') return shapeAt(itemShapeOf(here), rest, inner);
    const sample = samples.find((each) => isRecord(each) && each[step.name] !== undefined);
    return shapeAt(fieldShape(here, sample, step.name), rest, inner);
  };

  return {
    labelOf,
    valueText,
    itemTitle,
    itemSummary: (shape, item) => {
      // What the title says already is not said again.
      const isTitled = shape.kind === 'list' && shape.title !== undefined;
      const skips = (name: string, field: Shape): boolean => isNaming(name) || isLong(field) || (isTitled && field.kind === 'predicate');
      const inner = itemShapeOf(shape);
      return shortened(isRecord(item) ? recordText(innerShape(inner), item, skips) : valueText(inner, item));
    },
    fieldName,
    ruleText,
    shapeAt,
    whereText: (shape, path, samples) =>
      path
        .flatMap((step, index) => {
          if (step.kind === 'order') return t('comparison.order');
          const before = path.slice(0, index);
          const outer = shapeAt(shape, before, samples);
          const around = samples.map((sample) => before.reduce(childOf, sample));
          if (step.kind === 'item') {
            const item = around.map((list) => childOf(list, step)).find((each) => each !== undefined);
            // A word of a list is the value itself, which stands beside.
            if (typeof item === 'string') return [];
            return (outer.kind === 'list' && item !== undefined ? outer.title?.(item) : undefined) ?? step.title;
          }
          const field = fieldsOf(
            outer,
            around.find((each) => each !== undefined),
          ).find(([name]) => name === step.name);
          return labelOf(step.name, field?.[1]);
        })
        .join(' › '),
  };
};
