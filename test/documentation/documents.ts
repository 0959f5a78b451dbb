import { allApis, allEvents, eventSchemaOf, openApiOf } from '@meilenstein/contracts';

/** The generated documents: path below the project's root -> text. */
export const documents = (): ReadonlyMap<string, string> => {
  const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['docs/api/openapi.json', pretty(openApiOf(allApis))],
    ...allEvents.map((event) => [`docs/api/events/${event.name}.v${event.version}.schema.json`, pretty(eventSchemaOf(event))] as const),
  ]);
};
