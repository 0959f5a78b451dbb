/** What an HTTP API or a bucket lets pages of other origins do. */
export type CorsRule = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials?: boolean;
  readonly maxAgeSeconds?: number | undefined;
};

/** Headers for an answer to a page of `origin`; none when the rule does not admit it. */
export function corsHeaders(
  rule: CorsRule | undefined,
  origin: string | undefined,
  isPreflight: boolean,
): Readonly<Record<string, string>> {
  if (rule === undefined || origin === undefined || !rule.origins.some((allowed) => admits(allowed, origin))) return {};
  return {
    'access-control-allow-origin': rule.origins.includes('*') && rule.credentials !== true ? '*' : origin,
    vary: 'origin',
    ...(rule.credentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(rule.exposed.length === 0 ? {} : { 'access-control-expose-headers': rule.exposed.join(',') }),
    ...(isPreflight
      ? { 'access-control-allow-methods': rule.methods.join(','), 'access-control-allow-headers': rule.headers.join(',') }
      : {}),
    ...(isPreflight && rule.maxAgeSeconds !== undefined ? { 'access-control-max-age': String(rule.maxAgeSeconds) } : {}),
  };
}

function admits(allowed: string, origin: string): boolean {
  const [start = '', end] = allowed.split('*');
  return end === undefined
    ? allowed === origin
    : origin.startsWith(start) && origin.endsWith(end) && origin.length >= start.length + end.length;
}
