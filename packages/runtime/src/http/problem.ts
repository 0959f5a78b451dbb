import { germanProblems, germanTitles, problem, type Problem } from '@meilenstein/contracts';
import type { Language } from '@meilenstein/kernel';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'In conflict with the current state',
  412: 'Changed by somebody else since it was read',
  413: 'Too large',
  422: 'Refused by a rule',
  428: 'The header If-Match is missing',
  500: 'Unexpected error',
};

/** A problem document of RFC 9457; `code` names the rule, `detail` says what to do. */
export const problemAnswer = (
  status: number,
  code: string,
  detail: string,
  about: Partial<Pick<Problem, 'field' | 'value' | 'issues' | 'correlationId'>> = {},
): APIGatewayProxyStructuredResultV2 => {
  const body: Problem = { type: `urn:meilenstein:problem:${code}`, title: titles[status] ?? 'Refused', status, detail, ...about };
  return { statusCode: status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(body) };
};

const problemPrefix = 'urn:meilenstein:problem:';

/** A problem in the language of the caller: title and detail as German sentences where one is known; code, field and value stay. */
export const inLanguage = (answer: APIGatewayProxyStructuredResultV2, language: Language): APIGatewayProxyStructuredResultV2 => {
  if (language === 'en' || answer.headers?.['content-type'] !== 'application/problem+json' || answer.body === undefined) return answer;
  const body = problem.parse(JSON.parse(answer.body));
  const { [body.status]: title = body.title } = germanTitles;
  const { [body.type.slice(problemPrefix.length)]: detail = body.detail } = germanProblems;
  return {
    ...answer,
    headers: { ...answer.headers, 'content-language': language },
    body: JSON.stringify({ ...body, title, detail }),
  };
};

/** What zod says about an issue in a language, unless the schema has a sentence of its own. */
export const rulesIn = (language: Language) => (language === 'de' ? { error: z.locales.de().localeError } : {});

/** The issues of a zod error: where, and the rule. Values are not repeated, they may be personal. */
export const issuesOf = (error: z.ZodError): NonNullable<Problem['issues']> =>
  error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), rule: issue.message }));
