import { h, type ComponentChild, type ComponentChildren } from 'preact';
import type { Answer, DocumentedRoute, Parameter } from './open-api-document.ts';
import { field, schemaText } from './schema-text.ts';
import { joined, list, sentence } from './text.ts';

/** The place of a route on the page. */
export const routeId = ({ method, path }: DocumentedRoute): string =>
  `${method}${path.replaceAll(/[{}]/g, '').replaceAll('/', '-')}`.toLowerCase();

/** The place on the page of an answer that most routes share. */
export const sharedAnswerId = (status: string): string => `answer-${status}`;

/** Status -> the description of an answer that most routes share; it stands once on the page. */
export type SharedAnswers = ReadonlyMap<string, string>;

/** Refusals are told as codes with a point between them; the other answers as a sentence. */
const isCodes = (description: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)+( · [a-z0-9-]+)*$/.test(description);

const descriptionOf = ({ description }: Answer): ComponentChildren[] =>
  isCodes(description)
    ? joined(
        description.split(' · ').map((one) => h('code', null, one)),
        ', ',
      )
    : sentence(description);

const parameterItem = ({ name, description, required, schema }: Parameter): ComponentChild =>
  field(name, description === undefined ? schema : { ...schema, description }, required);

const parametersOf = (route: DocumentedRoute): ComponentChild[] =>
  (['path', 'query', 'header'] as const).flatMap((place) => {
    const all = route.parameters.filter((one) => one.in === place);
    const titles = { path: 'In the path', query: 'In the query', header: 'Headers' };
    return all.length === 0 ? [] : [h('h4', null, titles[place]), list(all.map(parameterItem))];
  });

const contentOf = (content: NonNullable<Answer['content']>): ComponentChild[] =>
  Object.entries(content).map(([type, { schema }]) =>
    h(
      'div',
      null,
      ...(type === 'application/json' ? ['JSON: '] : [h('code', null, type), ' ']),
      ...(schema === undefined ? [] : schemaText(schema)),
    ),
  );

const bodyOf = ({ requestBody }: DocumentedRoute): ComponentChild[] =>
  requestBody === undefined
    ? []
    : [
        h('h4', null, 'Body'),
        ...(requestBody.description === undefined ? [] : [h('p', null, requestBody.description)]),
        ...contentOf(requestBody.content),
      ];

const answerItem = (status: string, answer: Answer): ComponentChild =>
  Number(status) < 300
    ? h('li', null, h('b', null, status), ' ', ...descriptionOf(answer), ...contentOf(answer.content ?? {}))
    : h('li', null, h('b', null, status), ' ', ...descriptionOf(answer));

const answersOf = (route: DocumentedRoute, shared: SharedAnswers): ComponentChild[] => {
  const all = Object.entries(route.responses);
  const isShared = ([status, { description }]: readonly [string, Answer]) => shared.get(status) === description;
  const links = all.filter(isShared).map(([status]) => h('a', { href: `#${sharedAnswerId(status)}` }, status));
  return [
    h('h4', null, 'Answers'),
    list(all.filter((one) => !isShared(one)).map(([status, answer]) => answerItem(status, answer))),
    ...(links.length === 0 ? [] : [h('p', null, 'Shared with most routes: ', ...joined(links, ', '))]),
  ];
};

/** A route: who may call it, what it takes and what it answers. */
export const routeSection = (route: DocumentedRoute, shared: SharedAnswers): ComponentChild =>
  h(
    'section',
    { id: routeId(route) },
    h('h3', null, h('span', { class: `method ${route.method.toLowerCase()}` }, route.method), ' ', route.path),
    h('p', null, ...sentence(route.summary)),
    h('p', null, ...sentence(route.description)),
    ...parametersOf(route),
    ...bodyOf(route),
    ...answersOf(route, shared),
  );
