import { serviceNames, type ServiceName } from '@meilenstein/contracts';
import * as z from 'zod';

/** The keywords of JSON Schema that the contracts use. */
export type Schema = {
  readonly $ref?: string | undefined;
  /** several: any of them */
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: boolean | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly propertyNames?: Schema | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  /** more patterns of a text */
  readonly allOf?: readonly { readonly pattern: string }[] | undefined;
};

// Strict: a keyword that the page does not know would be left out of it without a word.
const schema: z.ZodType<Schema> = z.lazy(() =>
  z.strictObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    minLength: z.int().optional(),
    maxLength: z.int().optional(),
    minItems: z.int().optional(),
    maxItems: z.int().optional(),
    uniqueItems: z.boolean().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    propertyNames: schema.optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    allOf: z.array(z.strictObject({ pattern: z.string() })).optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema: schema.optional() }));

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema,
});
export type Parameter = z.infer<typeof parameter>;

const answer = z.object({ description: z.string(), content: content.optional() });
export type Answer = z.infer<typeof answer>;

const operation = z.object({
  tags: z.tuple([z.enum(serviceNames)]),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(parameter),
  requestBody: z.object({ description: z.string().optional(), content }).optional(),
  responses: z.record(z.string(), answer),
});

const openApi = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

/** A route as the page shows it. */
export type DocumentedRoute = z.infer<typeof operation> & { readonly method: string; readonly path: string; readonly service: ServiceName };

export type OpenApiDocument = {
  readonly title: string;
  readonly description: string;
  /** in the order of the document, which is by path */
  readonly routes: readonly DocumentedRoute[];
  readonly schemas: Readonly<Record<string, Schema>>;
};

/** The parts of an OpenAPI document that people read. Throws a ZodError that names a keyword which the page could not show. */
export const readOpenApi = (document: unknown): OpenApiDocument => {
  const { info, paths, components } = openApi.parse(document);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ ...route, method: method.toUpperCase(), path, service: route.tags[0] })),
  );
  return { ...info, routes, schemas: components.schemas };
};
