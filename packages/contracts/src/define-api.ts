import type { Language, Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import type { ServiceName } from './define-event.ts';

export const roles = ['rep', 'manager', 'marketing', 'operations', 'finance', 'admin', 'integration'] as const;
export type Role = (typeof roles)[number];

type RouteKey = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** 4xx statuses that a business refusal may have; 400, 403, 415, 428 and 500 are answered by the HTTP handler itself. 401: a signature that does not fit. */
type RefusalStatus = 401 | 404 | 409 | 412 | 413 | 422;

/** Larger bodies, in bytes, are refused before anything reads them, unless the route says otherwise. */
export const defaultLargestBody = 256 * 1024;

export type Route = {
  readonly summary: string;
  /** who may call it; `signature`: no token, the body's own signature is checked, or what `proof` says */
  readonly roles: readonly Role[] | 'signature';
  /** `signature` only: what proves the sender instead of a signed body, for the documentation; such a route reads no body */
  readonly proof?: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** bytes, where `defaultLargestBody` is too few for what the schema allows; Lambda takes 6 MB with all that the gateway adds */
  readonly largestBody?: number;
  /** status -> schema of the body; undeclared fields cannot leave */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** every refusal that the route can give, with its status: total, there is no default */
  readonly refusals: Readonly<Record<string, RefusalStatus>>;
  /** a change of something that exists: `If-Match` with the ETag that was read is required */
  readonly ifMatch?: 'required';
  /**
   * The answer may hold a secret: it is never stored, and a repeated `Idempotency-Key` changes nothing and gets 409. The text says what to
   * do if the first answer was lost.
   */
  readonly answersOnce?: string;
  /**
   * The answer names no person and repeats none of their words: a repeated `Idempotency-Key` gets its body again. All other routes keep
   * status, `Location` and `ETag` only, since whatever stands beside a key would outlive an erasure.
   */
  readonly keepsBody?: true;
  /** the answer 200 is a page for a browser, `text/html` */
  readonly isPage?: true;
  /** the answer 200 exists as `text/csv` too */
  readonly alsoCsv?: true;
  /** the texts of the answer follow `Accept-Language` */
  readonly inLanguages?: true;
};

export type Api = { readonly service: ServiceName; readonly routes: Readonly<Record<RouteKey, Route>> };

/** An HTTP contract: infra makes routes from its keys, the handler is a record with the same keys, OpenAPI is generated from it. */
export const defineApi = <const Definition extends Api>(api: Definition): Definition => api;

/** Some routes of an API, where one file would hold too many of them. */
export const defineRoutes = <const Routes extends Api['routes']>(routes: Routes): Routes => routes;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The caller, as the token names it. */
export type Caller = {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** the sources an `integration` caller may speak for */
  readonly sources: readonly string[];
};

/** A request as it arrived. */
export type RawRequest = {
  readonly method: string;
  /** as the caller wrote it: `https://host/path?query` */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** the address that the request came from; personal data */
  readonly address: string;
};

type RequestOf<R extends Route> = {
  readonly path: Parsed<R['path']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly caller: Caller;
  /** the language for the texts of a route that is `inLanguages`, from `Accept-Language` */
  readonly language: Language;
  /** the tag inside the `If-Match` header; undefined where none was sent */
  readonly ifMatch: string | undefined;
  /** the request as it came, for signatures */
  readonly raw: RawRequest;
  /** a new id; the same one when the same caller repeats its `Idempotency-Key` on this path */
  readonly newId: () => string;
};

/** Further headers, such as `link`; names in lower case. */
type AnswerHeaders = Readonly<Record<string, string>>;

/** An answer with one of the declared statuses, or a declared refusal. */
type AnswerOf<R extends Route> =
  | (R extends { readonly alsoCsv: true }
      ? { readonly status: 200; readonly contentType: 'text/csv'; readonly body: string; readonly headers?: AnswerHeaders }
      : never)
  | {
      [Status in keyof R['answers'] & number]: {
        readonly status: Status;
        readonly body: z.input<R['answers'][Status]>;
        /** a strong tag of exactly this body */
        readonly etag?: string;
        /** a tag that is the same for bodies that differ only in what does not matter, such as the time of the answer */
        readonly weakEtag?: string;
        /**
         * the version that a command expects, where the body depends on more: the time, other documents, the caller. The HTTP handler makes
         * the tag of it and of the bytes of the body.
         */
        readonly version?: number;
        readonly location?: string;
        /** absent: JSON; a plain text is the body as it is */
        readonly contentType?: 'text/plain' | 'text/html';
        readonly headers?: AnswerHeaders;
      };
    }[keyof R['answers'] & number]
  | { readonly refused: Refusal<keyof R['refusals'] & string> };

/** The handlers of an API: one function for each route key. */
export type HandlersOf<A extends Api> = {
  readonly [Key in keyof A['routes']]: A['routes'][Key] extends Route
    ? (request: RequestOf<A['routes'][Key]>) => Promise<AnswerOf<A['routes'][Key]>>
    : never;
};

/** RFC 9457. `issues` only with 400. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
  value: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), rule: z.string() })).optional(),
  correlationId: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

const limitRule = 'is a whole number from 1 to 100, such as 50';

/** The query of a list: cursor pagination, at most 100 a page. */
export const pageQuery = z.object({
  limit: z.coerce.number(limitRule).int(limitRule).min(1, limitRule).max(100, limitRule).default(50),
  cursor: z.string().max(2000).optional(),
});

/** A page of a list; `next` is the cursor of the following one, null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });
