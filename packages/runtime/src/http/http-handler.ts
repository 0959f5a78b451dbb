import {
  defaultLargestBody,
  type Actor,
  type Api,
  type Caller,
  type Company,
  type HandlersOf,
  type Problem,
  type RawRequest,
  type Route,
} from '@meilenstein/contracts';
import { declaredCharset, decodeText, hasHalfPair, type Clock, type Language, type Refusal } from '@meilenstein/kernel';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { callerOf, type ClaimNames } from './caller.ts';
import { count, describe, logger } from '../function/middleware.ts';
import { InvalidCursor } from '../table/cursor.ts';
import { ifMatchOf, isTagOfOurs, matchesIfNoneMatch, tagOf, tagOfBytes, type Validators } from './entity-tag.ts';
import { idempotency, type Used } from './idempotency.ts';
import type { Ids } from '../identity.ts';
import { formerEmployees } from './former-employees.ts';
import { packedAnswer } from './large-answer.ts';
import { admitted } from './policy.ts';
import { preferredLanguage } from './preferred-language.ts';
import { inLanguage, issuesOf, problemAnswer, rulesIn } from './problem.ts';
import type { WritableTable } from '../table/certain-writes.ts';
import { traced } from '../function/trace.ts';

export type HttpDeps = WritableTable & {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly claimNames: ClaimNames;
  /** the organisation, so that the token of somebody who has left opens nothing; absent where no employee calls */
  readonly readCompany?: () => Promise<Company>;
};

const deepestBody = 64;

type LooseRequest = {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly caller: Caller;
  readonly language: Language;
  readonly ifMatch: string | undefined;
  readonly raw: RawRequest;
  readonly newId: () => string;
};
type LooseAnswer =
  | (Validators & {
      readonly status: number;
      readonly body: unknown;
      readonly location?: string;
      readonly contentType?: 'text/plain' | 'text/html' | 'text/csv';
      readonly headers?: Readonly<Record<string, string>>;
    })
  | { readonly refused: Refusal<string> };
type LooseHandler = { handle(request: LooseRequest): Promise<LooseAnswer> }['handle'];

type Answer = APIGatewayProxyStructuredResultV2;
export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<Answer>;

/** The bytes of a body as the sender made them. */
const bytesOf = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Uint8Array =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

/** How deep a JSON text nests, without parsing it: a parser or a schema may recurse. */
export const depthOf = (json: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i];
    if (quoted) {
      if (character === '\\') i += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
};

const rawOf = (event: APIGatewayProxyEventV2, headers: Readonly<Record<string, string>>, bytes: Uint8Array): RawRequest => {
  const { method, sourceIp } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  return {
    method,
    url: `https://${headers['host'] ?? event.requestContext.domainName}${event.rawPath}${query}`,
    query: Object.fromEntries(Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? ''])),
    headers,
    bytes,
    address: sourceIp,
  };
};

type Parts = { readonly path: unknown; readonly query: unknown; readonly body: unknown };

const doesNotMatch = 'the request does not match the contract; `issues` names each field and its rule';

/** A JSON text with whether it has a name `__proto__`, which would set the prototype of whatever object is built from it. */
const parsedJson = (text: string): { readonly value: unknown; readonly setsPrototype: boolean } => {
  // The reviver costs time, so it is used only if there may be such a name.
  if (!text.includes('__proto__') && !text.includes('\\u')) return { value: JSON.parse(text), setsPrototype: false };
  let setsPrototype = false;
  const value: unknown = JSON.parse(text, (name, inner: unknown) => {
    setsPrototype ||= name === '__proto__';
    return inner;
  });
  return { value, setsPrototype };
};

const notText = 'body: its bytes are not in the charset that the content type declares; without one, send UTF-8';

const parseBody = (route: Route, bytes: Uint8Array, contentType: string): { readonly value: unknown } | { readonly answer: Answer } => {
  if (route.body === undefined) return { value: undefined };
  const decoded = decodeText(bytes, declaredCharset(contentType));
  if ('fault' in decoded) return { answer: problemAnswer(400, decoded.fault, notText) };
  const { text } = decoded;
  if (depthOf(text) > deepestBody) return { answer: problemAnswer(400, 'body-too-deep', `body: nests deeper than ${deepestBody} levels`) };
  try {
    const { value, setsPrototype } = parsedJson(text === '' ? '{}' : text);
    // What cannot be written in UTF-8 would be stored as something else.
    if (text.includes('\\u') && hasHalfPair(value)) return { answer: problemAnswer(400, 'text-not-utf-8', notText) };
    if (!setsPrototype) return { value };
    const issues = [{ path: 'body', rule: 'no name in it may be __proto__' }];
    return { answer: problemAnswer(400, 'request-invalid', doesNotMatch, { issues }) };
  } catch {
    return { answer: problemAnswer(400, 'body-not-json', 'body: is not JSON; send a JSON document with content-type application/json') };
  }
};

// Made once for each route: zod compiles a schema when it is first asked, which costs more than any request.
const wholes = new WeakMap<Route, z.ZodType<Parts>>();

const wholeOf = (route: Route): z.ZodType<Parts> => {
  const made =
    wholes.get(route) ?? z.object({ path: route.path ?? z.unknown(), query: route.query ?? z.unknown(), body: route.body ?? z.unknown() });
  wholes.set(route, made);
  return made;
};

/** A misspelt parameter would be a filter that filters nothing. Callers without a token may send others, because campaigns add them to links. */
const unknownParametersIn = (route: Route, query: object): NonNullable<Problem['issues']> => {
  const known = Object.keys(route.query?.shape ?? {});
  if (route.roles === 'signature') return [];
  return Object.keys(query)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: `query.${name}`, rule: `is not a parameter of this route; known parameters: ${known.join(', ') || 'none'}` }));
};

const parseParts = (
  route: Route,
  event: APIGatewayProxyEventV2,
  { bytes, contentType, language }: { readonly bytes: Uint8Array; readonly contentType: string; readonly language: Language },
): { readonly parts: Parts } | { readonly answer: Answer } => {
  const body = parseBody(route, bytes, contentType);
  if ('answer' in body) return body;
  const given = { path: event.pathParameters ?? {}, query: event.queryStringParameters ?? {}, body: body.value };
  const parsed = wholeOf(route).safeParse(given, rulesIn(language));
  const unknownParameters = unknownParametersIn(route, given.query);
  if (parsed.success && unknownParameters.length === 0) return { parts: parsed.data };
  const issues = [...unknownParameters, ...(parsed.success ? [] : issuesOf(parsed.error))];
  return { answer: problemAnswer(400, 'request-invalid', doesNotMatch, { issues }) };
};

/** A page runs no script, is framed by nobody and posts only to its own address. */
const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** An error for a person who opened a page in a browser. */
const errorPage = [
  '<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
  '<title>Fehler / Error</title></head><body><h1>Diese Seite kann gerade nicht angezeigt werden.</h1>',
  '<p lang="en">This page cannot be shown at the moment. Please open the link again.</p></body></html>',
].join('');

const asPage = (route: Route | undefined, answer: Answer): Answer =>
  route?.isPage === true && answer.headers?.['content-type'] === 'application/problem+json'
    ? { ...answer, headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8', ...pageHeaders }, body: errorPage }
    : answer;

const render = (
  route: Route,
  answer: LooseAnswer,
  asked: { readonly method: string; readonly ifNoneMatch: string | undefined; readonly language: Language },
): Answer => {
  if ('refused' in answer) {
    const { code, message, field, value } = answer.refused;
    const status = route.refusals[code];
    if (status === undefined) throw new Error(`refusal ${code} is not in the contract of the route`);
    return problemAnswer(status, code, message, { ...(field === undefined ? {} : { field }), ...(value === undefined ? {} : { value }) });
  }
  const schema = route.answers[answer.status];
  if (schema === undefined) throw new Error(`status ${answer.status} is not in the contract of the route`);
  const location = answer.location === undefined ? {} : { location: answer.location };
  if (answer.status === 303) return { statusCode: 303, headers: location, body: '' };
  const type = answer.contentType ?? 'application/json';
  const isCsv = type === 'text/csv' && route.alsoCsv === true;
  const parsed = isCsv ? answer.body : schema.parse(answer.body);
  const body = type !== 'application/json' ? String(parsed) : JSON.stringify(parsed);
  // Every JSON that is read has a tag, so that a page can ask again and be told that nothing has changed.
  const isRead = asked.method === 'GET' && answer.status === 200 && type === 'application/json';
  const tag = tagOf(answer, body) ?? (isRead ? tagOfBytes(body) : undefined);
  const language = route.inLanguages === true ? { 'content-language': asked.language } : {};
  const validators = { 'cache-control': 'no-store', ...language, ...(tag === undefined ? {} : { etag: tag }) };
  if (asked.method === 'GET' && tag !== undefined && matchesIfNoneMatch(tag, asked.ifNoneMatch))
    return { statusCode: 304, headers: validators };
  const contentType = isCsv ? 'text/csv; charset=utf-8' : type;
  const secured = type === 'text/html' ? pageHeaders : {};
  const headers = { 'content-type': contentType, ...validators, ...secured, ...location, ...answer.headers };
  return { statusCode: answer.status, headers, body };
};

/** The answer to a request whose key was used before. */
const usedAnswer = (route: Route, used: Used): Answer => {
  switch (used.kind) {
    case 'same':
      return used.answer;
    case 'given-once': {
      const made = used.location === null ? '' : ` and made ${used.location}`;
      const detail = `this request was sent before with this Idempotency-Key${made}; an answer that may hold a secret is given once and never stored`;
      return problemAnswer(409, 'answer-given-once', [detail, route.answersOnce].join('; '));
    }
    case 'other-request':
      return problemAnswer(409, 'idempotency-key-reused', 'this Idempotency-Key was used with another query or body; send a new key');
  }
};

const forbidden = ({ roles }: Route, caller: Caller): string => {
  const admits = roles === 'signature' ? 'requests that are signed' : roles.join(', ');
  return `this route is for ${admits}; the token has ${caller.roles.join(', ') || 'no known role'}`;
};

/** The answer to a request with an `Idempotency-Key`: made once, and given again if it may be stored. */
const answerOnce = async (route: Route, repetition: ReturnType<typeof idempotency>, make: () => Promise<Answer>): Promise<Answer> => {
  if (route.answersOnce !== undefined) {
    const once = await repetition.once(make);
    return 'made' in once ? once.made : usedAnswer(route, once.used);
  }
  const known = await repetition.look();
  if (known.kind !== 'new') return usedAnswer(route, known);
  const answer = await make();
  const first = await repetition.keep(answer);
  return first.kind === 'new' ? answer : usedAnswer(route, first);
};

/**
 * The HTTP handler of an API. It reads the request by the contract, asks the policy, calls the handler of the route and lets only declared
 * answers out. Handlers answer business refusals as values; what they throw is logged once and becomes a neutral 500.
 */
export function http<A extends Api>(api: A, handlers: HandlersOf<A>, deps: HttpDeps): HttpHandler;
export function http(api: Api, handlers: Readonly<Record<string, LooseHandler>>, deps: HttpDeps): HttpHandler {
  const routes: Readonly<Record<string, Route>> = api.routes;
  const isFormer = deps.readCompany === undefined ? async () => false : formerEmployees(deps.readCompany, deps.clock);

  const serve = async (event: APIGatewayProxyEventV2, route: Route, handle: LooseHandler): Promise<Answer> => {
    const bytes = bytesOf(event);
    const headers: Record<string, string> = Object.fromEntries(
      Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? '']),
    );
    const signedIn = callerOf(claimsOf(event), deps.claimNames);
    const caller = route.roles === 'signature' ? signedIn : admitted(route, signedIn);
    if (caller === undefined) {
      count('Forbidden');
      return problemAnswer(403, 'role-not-allowed', forbidden(route, signedIn));
    }
    if (route.roles !== 'signature' && (await isFormer(caller))) {
      count('Forbidden');
      return problemAnswer(403, 'caller-left', 'the organisation says that you have left; sales operations can correct it');
    }
    const { largestBody = defaultLargestBody } = route;
    if (bytes.length > largestBody) {
      count('BodyTooLarge');
      return problemAnswer(413, 'body-too-large', `body: ${bytes.length} bytes, at most ${largestBody}`);
    }
    const language = preferredLanguage(headers['accept-language']);
    const read = parseParts(route, event, { bytes, contentType: headers['content-type'] ?? '', language });
    if ('answer' in read) return read.answer;
    const ifMatch = ifMatchOf(headers);
    if (route.ifMatch === 'required' && ifMatch === undefined)
      return problemAnswer(428, 'if-match-missing', 'send `If-Match` with the ETag of the last GET, or `If-None-Match: *` to create');
    if (ifMatch !== undefined && !isTagOfOurs(ifMatch))
      return problemAnswer(
        400,
        'if-match-malformed',
        'If-Match holds no ETag of this system; send one ETag exactly as GET answered it, quotes included, such as "7.x4k2m9"',
        { field: 'If-Match', value: headers['if-match'] ?? '' },
      );
    const { method } = event.requestContext.http;
    const key = method === 'POST' && route.roles !== 'signature' ? headers['idempotency-key'] : undefined;
    const { pathParameters: path = {}, queryStringParameters: query = {} } = event;
    const keyed = { subject: caller.subject, route: event.routeKey, path, query, body: bytes, keepsBody: route.keepsBody === true };
    const repetition = key === undefined ? undefined : idempotency(deps, { ...keyed, key });
    let made = 0;
    const newId = (): string => (repetition === undefined ? deps.ids.next() : repetition.id((made += 1)));
    const asked = { method, ifNoneMatch: headers['if-none-match'], language };
    const request = { ...read.parts, caller, language, ifMatch, raw: rawOf(event, headers, bytes), newId };
    const make = async (): Promise<Answer> => render(route, await handle(request), asked);
    return repetition === undefined ? make() : answerOnce(route, repetition, make);
  };

  const answer = async (event: APIGatewayProxyEventV2, correlationId: string): Promise<Answer> => {
    const route = routes[event.routeKey];
    const handle = handlers[event.routeKey];
    if (route === undefined || handle === undefined)
      return problemAnswer(404, 'route-not-found', `${event.routeKey} is not a route of this API`);
    try {
      return packedAnswer(await serve(event, route, handle));
    } catch (error) {
      if (error instanceof InvalidCursor) return problemAnswer(400, 'cursor-invalid', error.message, { field: 'cursor' });
      logger.error('request failed', { ...describe(error), route: event.routeKey, correlationId });
      return problemAnswer(
        500,
        'unexpected',
        'something failed on our side; you can send the request again, and report the correlation id if it keeps failing',
        {
          correlationId,
        },
      );
    }
  };

  return (event) => {
    const correlationId = event.requestContext.requestId || deps.ids.next();
    const actor = actorOf(routes[event.routeKey], event, deps.claimNames);
    return traced({ correlationId, causedBy: null, actor }, async () => {
      const accepted = Object.entries(event.headers).find(([name]) => name.toLowerCase() === 'accept-language')?.[1];
      const spoken = inLanguage(await answer(event, correlationId), preferredLanguage(accepted));
      const { headers, ...answered } = asPage(routes[event.routeKey], spoken);
      return { ...answered, headers: { ...headers, 'x-request-id': correlationId } };
    });
  };
}

const authorizer = z.looseObject({ authorizer: z.looseObject({ jwt: z.looseObject({ claims: z.record(z.string(), z.unknown()) }) }) });

const claimsOf = (event: APIGatewayProxyEventV2): Readonly<Record<string, unknown>> => {
  const parsed = authorizer.safeParse(event.requestContext);
  return parsed.success ? parsed.data.authorizer.jwt.claims : {};
};

/** Who asks, as the audit will name them: with the roles for which they were let in. */
const actorOf = (route: Route | undefined, event: APIGatewayProxyEventV2, names: ClaimNames): Actor => {
  if (route === undefined || route.roles === 'signature') return { kind: 'sender', name: event.routeKey };
  const caller = callerOf(claimsOf(event), names);
  return { kind: 'caller', subject: caller.subject, roles: [...(admitted(route, caller)?.roles ?? [])] };
};
