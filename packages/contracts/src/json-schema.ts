import * as z from 'zod';

export type Json = { readonly [key: string]: unknown };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON Schema (draft 2020-12) of what is sent to a zod schema (`input`), or of what comes out of it (`output`). */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // `format` says it; zod's pattern for it fills a screen.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return rest;
};

/**
 * The JSON Schema (draft 07, which AsyncAPI is built on) of what a receiver gets. It allows fields that it does not name: a later producer
 * may add optional ones.
 */
export const receivedSchemaOf = (schema: z.ZodType): Json => {
  const {
    $schema: _dialect,
    definitions,
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    target: 'draft-07',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return definitions === undefined ? rest : { ...rest, $defs: definitions };
};

/**
 * A value in which the schemas that have a name are references to the components of its document. The schemas themselves are added to
 * `shared`.
 */
export const withShared = (value: unknown, shared: Map<string, unknown>): unknown => {
  if (Array.isArray(value)) return value.map((one) => withShared(one, shared));
  if (!isJson(value)) return value;
  const { $defs = {}, ...rest } = value;
  if (isJson($defs))
    for (const [name, schema] of Object.entries($defs)) if (!shared.has(name)) shared.set(name, withShared(schema, shared));
  return Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace(/^#\/(\$defs|definitions)\//, '#/components/schemas/')
        : withShared(inner, shared),
    ]),
  );
};
