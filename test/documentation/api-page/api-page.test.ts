import { allApis, openApiOf } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { apiPage } from './api-page.ts';

const page = apiPage(openApiOf(allApis));
const sections = new Map(
  page
    .split('<section ')
    .slice(1)
    .map((section) => [/id="([^"]*)"/.exec(section)?.[1] ?? '', section] as const),
);

const withAnswer = (schema: unknown) => ({
  info: { title: 'Test', description: 'A document of one route.' },
  paths: {
    '/leads': {
      get: {
        tags: ['leads'],
        summary: 'Leads of <everybody>.',
        description: 'Roles: rep.',
        parameters: [],
        responses: { 200: { description: 'Done', content: { 'application/json': { schema } } } },
      },
    },
  },
  components: { schemas: {} },
});

describe('the API page', () => {
  it.each(allApis.flatMap(({ routes }) => Object.entries(routes).map(([key, { refusals, roles }]) => ({ key, refusals, roles }))))(
    'shows the roles and every refusal of $key',
    ({ key, refusals, roles }) => {
      const section = sections.get(key.replaceAll(/[{}]/g, '').replace(' ', '').replaceAll('/', '-').toLowerCase()) ?? '';
      expect(section).toContain(roles === 'signature' ? 'No token: ' : `Roles: ${roles.join(', ')}.`);
      expect(Object.keys(refusals).filter((code) => !section.includes(`<code>${code}</code>`))).toEqual([]);
    },
  );

  it('needs neither a network nor JavaScript', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\son[a-z]+=|url\(|@import/i);
    const elsewhere = [...page.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target).filter((target) => !target.startsWith('#'));
    expect(elsewhere).toEqual(['openapi.json', 'asyncapi.json']);
  });

  it('has exactly one place for each link to a part of itself', () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = new Set([...page.matchAll(/href="#([^"]*)"/g)].map(([, target = '']) => target));
    expect([...targets].filter((target) => !ids.includes(target))).toEqual([]);
  });

  it.each([
    [{ type: 'string', minLength: 1, maxLength: 60 }, 'string, 1 to 60 characters'],
    [{ type: ['string', 'null'], description: 'A `name`' }, 'string or null: A <code>name</code>'],
    [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer, at least 0'],
    [{ type: 'string', enum: ['live', 'import'], default: 'live' }, '<code>live</code> | <code>import</code>; default <code>live</code>'],
    [{ type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] }, 'string, matches <code>a</code>, matches <code>b</code>'],
    [{ type: 'string', default: '' }, 'string; default <code>&quot;&quot;</code>'],
    [{ type: 'array', minItems: 1, items: { type: 'number' } }, 'list (at least 1 item) of number'],
    [{ type: 'array', maxItems: 3, items: { type: 'number' } }, 'list (at most 3 items) of number'],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'object, each value: boolean'],
    [{ anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] }, 'string (date) or null'],
    [
      { type: 'object', properties: { id: { type: 'string' }, note: { type: 'string' } }, required: ['id'] },
      'object<ul>\n<li><b>id</b> string</li>\n<li><b>note</b><i> optional </i>string</li></ul>',
    ],
  ])('puts the schema %j into words', (schema, words) => {
    expect(apiPage(withAnswer(schema))).toContain(`<div>JSON: ${words}</div>`);
  });

  it('escapes text from the document', () => {
    expect(apiPage(withAnswer({ type: 'string' }))).toContain('Leads of &lt;everybody>.');
  });

  it('refuses a document with a keyword that it cannot show', () => {
    expect(() => apiPage(withAnswer({ type: 'array', contains: { type: 'string' } }))).toThrow(/contains/);
  });
});
