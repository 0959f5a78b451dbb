import type { Problem } from '@meilenstein/contracts';

/** A refusal or a failure, as a screen shows it. `code` is `offline` where no answer came at all, and `gateway` where the gateway answered. */
export type Failure = {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly value?: string | undefined;
  readonly issues?: Problem['issues'];
  readonly correlationId?: string | undefined;
  /** seconds, where the answer says when to come again */
  readonly retryAfter?: number | undefined;
};

const failures = new WeakMap<Error, Failure>();

/** An error that carries a failure; the query cache wants errors. */
export const failed = (failure: Failure): Error => {
  const error = new Error(`${failure.status} ${failure.code}: ${failure.detail}`);
  failures.set(error, failure);
  return error;
};

/** @returns the failure in an error; one of code `unexpected` for any other error */
export const failureOf = (error: unknown): Failure => {
  const known = error instanceof Error ? failures.get(error) : undefined;
  return known ?? { code: 'unexpected', status: 0, detail: error instanceof Error ? error.message : String(error) };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const textIn = (body: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
};

const issuesIn = (body: Readonly<Record<string, unknown>>): Problem['issues'] => {
  const issues = body['issues'];
  if (!Array.isArray(issues)) return undefined;
  return issues.filter(isRecord).map((issue) => ({ path: textIn(issue, 'path') ?? '', rule: textIn(issue, 'rule') ?? '' }));
};

/** Reads the body of an answer that is not good: a problem document of ours, or what the gateway says. */
export const failureIn = (status: number, body: unknown, headers: Headers): Failure => {
  const wait = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(wait) ? wait : undefined;
  const correlationId = headers.get('x-request-id') ?? undefined;
  const type = isRecord(body) ? textIn(body, 'type') : undefined;
  if (!isRecord(body) || type === undefined) return { code: 'gateway', status, detail: '', retryAfter, correlationId };
  return {
    code: type.replace('urn:meilenstein:problem:', ''),
    status,
    detail: textIn(body, 'detail') ?? '',
    field: textIn(body, 'field'),
    value: textIn(body, 'value'),
    issues: issuesIn(body),
    correlationId: textIn(body, 'correlationId') ?? correlationId,
    retryAfter,
  };
};
