import type { Shape } from '../documents/shape.ts';
import { idShape, leadCondition, startCondition, wholeNumber, type ShapeWords } from './shape-words.ts';

const segmentKinds = ['geographic', 'demographic', 'psychographic', 'behavioural', 'firmographic', 'persona'] as const;

export const pointsShape = (words: ShapeWords): Shape => {
  const when = leadCondition(words);
  const ofTouch: Shape = { kind: 'predicate', fields: words.fields.touch };
  const points = wholeNumber(-100, 100);
  const lowest = wholeNumber(1, 100);
  const id = idShape(words);
  return {
    kind: 'record',
    fields: {
      fit: {
        kind: 'list',
        start: { id: 'new-rule', when: startCondition, points: 10 },
        title: words.conditionTitle(when),
        item: { kind: 'record', fields: { when, points, id } },
      },
      engagement: {
        kind: 'list',
        start: { id: 'new-rule', when: { field: 'kind', test: 'equals', value: 'form' }, points: 10, halfLifeDays: 30, atMost: 20 },
        title: words.conditionTitle(ofTouch),
        item: {
          kind: 'record',
          fields: { when: ofTouch, points, halfLifeDays: wholeNumber(1, 730), atMost: wholeNumber(1, 100), id },
        },
      },
      grades: { kind: 'record', isInline: true, fields: { a: lowest, b: lowest, c: lowest } },
    },
  };
};

export const qualificationShape = (words: ShapeWords): Shape => {
  const when = leadCondition(words);
  return {
    kind: 'record',
    fields: {
      mql: when,
      sql: { kind: 'record', fields: { intent: when, fit: when } },
      categories: {
        kind: 'list',
        start: { id: 'new-category', title: words.t('starts.category'), when: startCondition },
        item: { kind: 'record', fields: { title: { kind: 'text' }, when, id: idShape(words) } },
      },
    },
  };
};

export const segmentsShape = (words: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    segments: {
      kind: 'list',
      start: { segmentId: 'new-segment', name: words.t('starts.segment'), kind: 'firmographic', when: startCondition },
      item: {
        kind: 'record',
        fields: {
          name: { kind: 'text' },
          kind: { kind: 'one-of', options: segmentKinds.map((id) => ({ id, label: words.t(`segmentKinds.${id}`) })) },
          when: leadCondition(words),
          segmentId: idShape(words),
        },
      },
    },
  },
});
