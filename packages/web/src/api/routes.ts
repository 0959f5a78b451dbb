import type { forecastApi, leadsApi, pipelineApi, quotaApi, reportingApi, Route } from '@meilenstein/contracts';
import type * as z from 'zod';

/** All routes of all services; types only, so nothing of the contracts is in the bundle. */
type Routes = (typeof leadsApi)['routes'] &
  (typeof pipelineApi)['routes'] &
  (typeof quotaApi)['routes'] &
  (typeof forecastApi)['routes'] &
  (typeof reportingApi)['routes'];

export type RouteKey = keyof Routes & string;

/** `GET /leads` and the like: what a screen reads. */
export type ReadKey = Extract<RouteKey, `GET ${string}`>;

/** Everything that changes something. */
export type CommandKey = Exclude<RouteKey, ReadKey>;

type Part<Name extends 'path' | 'body', R> = R extends { readonly [N in Name]: infer Schema extends z.ZodType }
  ? { readonly [N in Name]: z.input<Schema> }
  : object;

type QueryPart<R> = R extends { readonly query: infer Schema extends z.ZodObject }
  ? { readonly query?: { readonly [Field in keyof z.input<Schema>]?: string | number | boolean | undefined } }
  : object;

type MatchPart<R> = R extends { readonly ifMatch: 'required' } ? { readonly ifMatch: string } : { readonly ifMatch?: string };

// Distributes over the routes: the parts of one belong together, and the product of all parts of all routes would be too large.
type RequestOf<R> = R extends unknown ? Part<'path', R> & Part<'body', R> & QueryPart<R> & MatchPart<R> : never;

/** What a call of a route needs: path and body where it has them, the version where it insists. */
export type Request<Key extends RouteKey> = RequestOf<Routes[Key]>;

type Answers<R> = R extends Route ? R['answers'] : never;

/** The body of a route's good answer. */
export type Answer<Key extends RouteKey> = z.output<Answers<Routes[Key]>[keyof Answers<Routes[Key]>]>;

/** One item of a route that answers with a list. */
export type Item<Key extends ReadKey> = Answer<Key> extends { readonly items: readonly (infer Each)[] } ? Each : never;
