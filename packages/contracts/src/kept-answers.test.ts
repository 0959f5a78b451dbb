import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allApis } from './catalogue.ts';

/** The names of all fields of a JSON Schema, at any depth. */
const fieldsOf = (schema: unknown): readonly string[] => {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === 'properties' && typeof value === 'object' && value !== null ? [...Object.keys(value), ...fieldsOf(value)] : fieldsOf(value),
  );
};

/** Fields in which a person is named, or says something. */
const ofPersons = /name|email|phone|quote|text|words|note|reason|account|party|answer|fields|person|contact/i;
const kept = allApis.flatMap((api) => Object.entries(api.routes).filter(([, route]) => route.keepsBody === true));

describe('an answer that is kept beside an Idempotency-Key', () => {
  it('exists only for a few routes', () => {
    expect(kept.map(([key]) => key).toSorted()).toEqual([
      'POST /leads/hand-over',
      'POST /leads/imports',
      'POST /opportunities/hand-over',
      'POST /opportunities/imports',
    ]);
  });

  it.each(kept)('names no person and quotes nobody: %s', (_, route) => {
    const fields = Object.values(route.answers).flatMap((answer) => fieldsOf(z.toJSONSchema(answer, { unrepresentable: 'any' })));
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => ofPersons.test(field))).toEqual([]);
  });
});
