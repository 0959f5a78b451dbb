import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allApis, allEvents, allSubscriptions, asyncApiOf, eventSchemaOf, openApiOf, type AnyEvent } from '@meilenstein/contracts';
import { apiPage } from './api-page/api-page.ts';

const root = join(import.meta.dirname, '..', '..');

const sampleOf = ({ name, version }: AnyEvent): unknown =>
  JSON.parse(readFileSync(join(root, 'packages/contracts/samples', `${name}.v${version}.json`), 'utf8'));

/** The AsyncAPI document, with the published samples as examples. */
export const asyncApi = () => asyncApiOf({ events: allEvents, subscriptions: allSubscriptions, sampleOf });

/** The generated documents: path below the project's root -> text. */
export const documents = (): ReadonlyMap<string, string> => {
  const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const openApi = openApiOf(allApis);
  return new Map([
    ['docs/api/openapi.json', pretty(openApi)],
    ['docs/api/index.html', apiPage(openApi)],
    ['docs/api/asyncapi.json', pretty(asyncApi())],
    ...allEvents.map((event) => [`docs/api/events/${event.name}.v${event.version}.schema.json`, pretty(eventSchemaOf(event))] as const),
  ]);
};
