import type { Api } from '@meilenstein/contracts';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { preferredLanguage } from './preferred-language.ts';
import { inLanguage, problemAnswer } from './problem.ts';

type ServedPath = { readonly method: string; readonly parts: readonly string[] };

const servedPath = (routeKey: string): ServedPath => {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method, parts: path.split('/') };
};

const fits = ({ parts }: ServedPath, asked: readonly string[]): boolean =>
  parts.length === asked.length && parts.every((part, index) => (part.startsWith('{') ? asked[index] !== '' : part === asked[index]));

/** The methods with which a path is served, sorted; none where no route has this path. */
const methodsOf = (served: readonly ServedPath[], path: string): readonly string[] => {
  const asked = path.split('/');
  return [...new Set(served.filter((one) => fits(one, asked)).map(({ method }) => method))].toSorted();
};

type Answer = APIGatewayProxyStructuredResultV2;

const answerOf = (method: string, allowed: readonly string[]): Answer => {
  if (allowed.length === 0)
    return problemAnswer(404, 'route-not-found', 'no route has this path; docs/api/openapi.json lists every route, such as GET /leads');
  const allow = [...allowed, 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow } };
  const refused = problemAnswer(405, 'method-not-allowed', `this path is served with ${allowed.join(', ')}`, {
    field: 'method',
    value: method,
  });
  return { ...refused, headers: { ...refused.headers, allow } };
};

/**
 * Answers what no route serves: 405 where the path is served with other methods, else 404. It knows only what the OpenAPI document says
 * to everybody, so it asks for no token and repeats no path, which may hold somebody's link.
 */
export const answerUnserved = (apis: readonly Api[]): ((event: APIGatewayProxyEventV2) => Promise<Answer>) => {
  const served = apis.flatMap(({ routes }) => Object.keys(routes).map(servedPath));
  return async ({ rawPath, headers, requestContext }) => {
    const { method } = requestContext.http;
    const accepted = Object.entries(headers).find(([name]) => name.toLowerCase() === 'accept-language')?.[1];
    const { headers: own, ...answer } = inLanguage(answerOf(method, methodsOf(served, rawPath)), preferredLanguage(accepted));
    return { ...answer, headers: { ...own, 'cache-control': 'no-store', 'x-request-id': requestContext.requestId } };
  };
};
