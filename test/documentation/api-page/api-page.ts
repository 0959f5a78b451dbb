import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@meilenstein/contracts';
import { h, type ComponentChild } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { readOpenApi, type DocumentedRoute, type OpenApiDocument } from './open-api-document.ts';
import { routeId, routeSection, sharedAnswerId, type SharedAnswers } from './route-section.ts';
import { schemaId, schemaText } from './schema-text.ts';
import { list, sentence } from './text.ts';

const style = readFileSync(join(import.meta.dirname, 'api-page.css'), 'utf8');

/** The answers other than success that more than half of the routes give in the same words. */
const sharedAnswersOf = (routes: readonly DocumentedRoute[]): SharedAnswers => {
  const counts = new Map<string, Map<string, number>>();
  for (const { responses } of routes)
    for (const [status, { description }] of Object.entries(responses)) {
      if (Number(status) < 300) continue;
      const ofStatus = counts.get(status) ?? new Map<string, number>();
      counts.set(status, ofStatus.set(description, (ofStatus.get(description) ?? 0) + 1));
    }
  const isShared = (count: number): boolean => count > routes.length / 2;
  return new Map(
    [...counts].flatMap(([status, ofStatus]) =>
      [...ofStatus].filter(([, count]) => isShared(count)).map(([description]) => [status, description] as const),
    ),
  );
};

type Group = { readonly service: string; readonly routes: readonly DocumentedRoute[] };

const groupsOf = (routes: readonly DocumentedRoute[]): readonly Group[] =>
  serviceNames.map((service) => ({ service, routes: routes.filter((route) => route.service === service) }));

const navigation = (groups: readonly Group[]): ComponentChild =>
  h(
    'nav',
    null,
    ...groups.flatMap(({ service, routes }) => [
      h('h2', null, h('a', { href: `#${service}` }, service)),
      list(routes.map((route) => h('li', null, h('a', { href: `#${routeId(route)}` }, h('span', null, route.method), ' ', route.path)))),
    ]),
  );

const introduction = ({ title, description }: OpenApiDocument, shared: SharedAnswers): ComponentChild[] => [
  h('h1', null, `The API of ${title}`),
  h('p', null, ...sentence(description)),
  h(
    'p',
    null,
    'Programs read ',
    h('a', { href: 'openapi.json' }, 'openapi.json'),
    ' for the routes and ',
    h('a', { href: 'asyncapi.json' }, 'asyncapi.json'),
    ' for the events. A field is required unless it is marked as optional.',
  ),
  h('h2', null, 'Answers that most routes share'),
  list([...shared].map(([status, text]) => h('li', { id: sharedAnswerId(status) }, h('b', null, status), ' ', ...sentence(text)))),
];

const namedSchemas = ({ schemas }: OpenApiDocument): ComponentChild[] => [
  h('h2', null, 'Shared forms'),
  ...Object.entries(schemas).map(([name, schema]) =>
    h('section', { id: schemaId(name) }, h('h3', null, name), h('div', null, ...schemaText(schema))),
  ),
];

/**
 * The API for people, from the OpenAPI document: one HTML file that needs neither a network nor JavaScript. Throws a ZodError where the
 * document holds something that the page could not show.
 */
export const apiPage = (openApi: unknown): string => {
  const document = readOpenApi(openApi);
  const shared = sharedAnswersOf(document.routes);
  const groups = groupsOf(document.routes);
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('title', null, `The API of ${document.title}`),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h(
      'body',
      null,
      navigation(groups),
      h(
        'main',
        null,
        ...introduction(document, shared),
        ...groups.flatMap(({ service, routes }) => [
          h('h2', { id: service }, service),
          ...routes.flatMap((route) => ['\n', routeSection(route, shared)]),
        ]),
        ...namedSchemas(document),
      ),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
};
