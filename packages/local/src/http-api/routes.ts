/** A route key of an HTTP API, such as `GET /leads/{id}`, `ANY /files/{path+}` or `$default`. */
export type RoutePattern = {
  readonly routeKey: string;
  /** The values of the path's parameters, or undefined when the request is not for this route. */
  readonly match: (method: string, path: string) => Readonly<Record<string, string>> | undefined;
  /** The larger, the more exactly it fits: as in an account, the most exact route wins. */
  readonly precision: number;
};

export function routePattern(routeKey: string): RoutePattern {
  if (routeKey === '$default') return { routeKey, match: () => ({}), precision: -1 };
  const [method = '', path = ''] = routeKey.split(' ');
  const parts = path.split('/').slice(1);
  return {
    routeKey,
    match: (requestMethod, requestPath) =>
      method === 'ANY' || method === requestMethod ? matchParts(parts, requestPath.split('/').slice(1)) : undefined,
    precision:
      parts.reduce((sum, part) => sum * 3 + (part.endsWith('+}') ? 0 : part.startsWith('{') ? 1 : 2), 0) * 2 + (method === 'ANY' ? 0 : 1),
  };
}

function matchParts(parts: readonly string[], given: readonly string[]): Readonly<Record<string, string>> | undefined {
  const isGreedy = parts.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? given.length < parts.length : given.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = part.endsWith('+}') ? given.slice(index).join('/') : (given[index] ?? '');
    if (!part.startsWith('{') && part !== value) return undefined;
    if (part.startsWith('{') && value === '') return undefined;
    if (part.startsWith('{')) values[part.slice(1, part.endsWith('+}') ? -2 : -1)] = decoded(value);
  }
  return values;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
