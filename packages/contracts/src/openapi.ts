import * as z from 'zod';
import { problem, defaultLargestBody, type Api, type Route } from './define-api.ts';
import type { AnyEvent } from './define-event.ts';
import { envelopeHead } from './define-event.ts';
import { schemaOf, withShared, type Json } from './json-schema.ts';

const jsonContent = (schema: z.ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: schemaOf(schema, io) } });

const pageContent: Json = { 'text/html': { schema: { type: 'string' } } };
const csvContent: Json = { 'text/csv': { schema: { type: 'string' } } };

const problemAnswer = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const gatewayAnswer = (description: string): Json => ({
  description: `${description} (answered by the gateway, in its own body)`,
  content: { 'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } } },
});

const parameters = (place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z
    .object({ properties: z.record(z.string(), z.unknown()).optional(), required: z.array(z.string()).optional() })
    .parse(schemaOf(schema, 'input'));
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
};

const header = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

const versionHeaders: Readonly<Record<'document' | 'command', readonly Json[]>> = {
  command: [header('If-Match', true, 'the ETag of the last GET, of which only the version is compared; `*` accepts any version')],
  document: [
    header(
      'If-Match',
      false,
      'required unless `If-None-Match` is sent. The ETag of the last GET replaces that version; `*` replaces any version or creates the document; `"0"` only creates it',
    ),
    header('If-None-Match', false, '`*` creates the document and refuses to replace an existing one'),
  ],
};

const repetitionOf = ({ answersOnce, keepsBody }: Route): string => {
  const repeated = 'makes a request safe to repeat for 24 hours. The same key with the same path, query and body changes nothing and gets';
  if (answersOnce !== undefined)
    return `${repeated} 409 \`answer-given-once\`, because the answer may hold a secret, is given once and is never stored. ${answersOnce}`;
  const again =
    keepsBody === true
      ? 'the first answer again'
      : 'the status, `Location` and `ETag` of the first answer with `Idempotency-Replayed: true` and without a body (answers that may name a person are not stored; GET the resource)';
  return `${repeated} ${again}, even if both requests arrive at the same time. The same key with another query or body gets 409`;
};

const headersOf = (method: string, route: Route): Json[] => [
  ...(route.ifMatch === 'required' ? versionHeaders[method === 'PUT' ? 'document' : 'command'] : []),
  ...(method === 'POST' && route.roles !== 'signature' ? [header('Idempotency-Key', false, repetitionOf(route))] : []),
  ...(route.inLanguages === true ? [header('Accept-Language', false, '`en` or `de`; English where neither is named')] : []),
];

/** Whether the route reads a body whose form the sender decides. */
const isSigned = ({ roles, proof }: Route): boolean => roles === 'signature' && proof === undefined;

const accessOf = ({ roles, proof }: Route): string => {
  if (roles !== 'signature') return `Roles: ${roles.join(', ')}.`;
  return `No token: ${proof ?? 'the sender signs the body'}.`;
};

/** What the HTTP handler itself refuses, beside what any request may get. */
const handlerRefusals = (method: string, route: Route): readonly (readonly [code: string, status: number])[] => [
  ...(route.ifMatch === 'required' ? [['if-match-missing', 428] as const] : []),
  ...(method === 'POST' && route.roles !== 'signature' ? [['idempotency-key-reused', 409] as const] : []),
  ...(method === 'POST' && route.answersOnce !== undefined ? [['answer-given-once', 409] as const] : []),
  ...(route.body === undefined && !isSigned(route) ? [] : [['body-too-large', 413] as const]),
];

const refusalsByStatus = (method: string, route: Route): Map<number, string[]> => {
  const found = new Map<number, string[]>();
  for (const [code, status] of [...handlerRefusals(method, route), ...Object.entries(route.refusals)])
    found.set(status, [...new Set([...(found.get(status) ?? []), code])]);
  return found;
};

const contentOf = (route: Route, schema: z.ZodType): Json =>
  route.isPage === true ? pageContent : { ...jsonContent(schema, 'output'), ...(route.alsoCsv === true ? csvContent : {}) };

const answersOf = (method: string, route: Route): Json => ({
  ...Object.fromEntries(
    Object.entries(route.answers).map(([status, schema]) => [
      status,
      status === '303'
        ? { description: 'Redirects to the page that the source allows' }
        : { description: 'Done', content: contentOf(route, schema) },
    ]),
  ),
  ...(method === 'GET' ? { 304: { description: 'Nothing has changed since the ETag in `If-None-Match`' } } : {}),
  400: problemAnswer('The request does not match the contract: `issues` names each field and its rule'),
  ...(route.roles === 'signature' ? {} : { 401: gatewayAnswer('No valid token'), 403: problemAnswer('The role is not allowed here') }),
  ...Object.fromEntries([...refusalsByStatus(method, route)].map(([status, codes]) => [status, problemAnswer(codes.join(' · '))])),
  429: gatewayAnswer('Too many requests'),
  500: problemAnswer('Unexpected error'),
});

const operation = (service: string, method: string, route: Route): Json => ({
  tags: [service],
  summary: route.summary,
  description: accessOf(route),
  ...(route.roles === 'signature' ? { security: [] } : {}),
  parameters: [...parameters('path', route.path), ...parameters('query', route.query), ...headersOf(method, route)],
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          description: `at most ${(route.largestBody ?? defaultLargestBody) / 1024} KB`,
          content: jsonContent(route.body, 'input'),
        },
      }),
  ...(isSigned(route)
    ? { requestBody: { required: true, content: { 'application/json': {}, 'application/x-www-form-urlencoded': {} } } }
    : {}),
  responses: answersOf(method, route),
});

/** The OpenAPI 3.1 document of all HTTP contracts; made from the same values as routes and handlers. */
export const openApiOf = (apis: readonly Api[]): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { service, routes } of apis)
    for (const [key, route] of Object.entries(routes)) {
      const [method = '', path = ''] = key.split(' ');
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation(service, method, route) };
    }
  const shared = new Map<string, unknown>();
  const documented = Object.entries(paths)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, methods]) => [path, withShared(methods, shared)] as const);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Meilenstein',
      version: '1',
      description:
        'A query parameter that a route does not name is refused with 400, except on routes without a token. Every GET that answers JSON has an `ETag`; with it in `If-None-Match`, the answer is 304 while nothing has changed. An item of a list that has a `version` can be changed with that version in `If-Match`. An answer above 4 MB is compressed (`content-encoding: gzip`), whatever `Accept-Encoding` says. A path that no route has gets 404, another method than those of the path 405 with `Allow`. Errors are problem documents (RFC 9457) in English, or in German with `Accept-Language: de`; only answers that the gateway gives itself are `{"message"}`: 401 without a valid token, 413 above 10 MB, 429, and 500 or 503 where a function fails or is late.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      { url: 'https://{api}', variables: { api: { default: 'api.example.com', description: 'the endpoint that the edge stack prints' } } },
    ],
    security: [{ token: [] }],
    paths: Object.fromEntries(documented),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(problem, 'output'), ...Object.fromEntries(shared) },
    },
  };
};

/** The JSON Schema of one event as it travels: the envelope and its data. */
export const eventSchemaOf = (event: AnyEvent): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:meilenstein:event:${event.name}:${event.version}`,
  title: event.name,
  description: `${event.meaning} Emitted by ${event.owner}.`,
  ...schemaOf(envelopeHead.extend({ name: z.literal(event.name), version: z.literal(event.version), data: event.data }), 'output'),
});
