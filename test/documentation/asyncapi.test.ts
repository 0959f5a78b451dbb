import specifications from '@asyncapi/specs';
import { allEvents, allSubscriptions } from '@meilenstein/contracts';
import { named, stages } from '@meilenstein/infra/stages';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { asyncApi } from './documents.ts';

const document = asyncApi();
const reference = z.looseObject({ $ref: z.string() });
const example = z.looseObject({ payload: z.looseObject({ detail: z.looseObject({ data: z.record(z.string(), z.unknown()) }) }) });
const { channels, operations, components } = z
  .looseObject({
    channels: z.object({ events: z.looseObject({ address: z.string(), messages: z.record(z.string(), reference) }) }),
    operations: z.record(
      z.string(),
      z.looseObject({ action: z.enum(['send', 'receive']), summary: z.string(), messages: z.array(reference) }),
    ),
    components: z.object({ messages: z.record(z.string(), z.looseObject({ examples: z.tuple([example]) })) }),
  })
  .parse(document);

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'asyncapi.json');

const eventOf = ({ $ref }: { readonly $ref: string }) => $ref.replace('#/channels/events/messages/', '');

describe('the AsyncAPI document', () => {
  it('fits the official schema of AsyncAPI 3.0', () => {
    // The schema holds the draft that it is written in, so ajv must not bring its own.
    const official = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const fits = official.compile(z.looseObject({}).parse(specifications.schemas['3.0.0']));
    expect([fits(document), fits.errors]).toEqual([true, null]);
    expect(fits({ ...document, operations: { one: { action: 'listen' } } })).toBe(false);
  });

  it('names the event bus as the infrastructure does', () => {
    for (const stage of Object.values(stages)) expect(channels.events.address.replace('{stage}', stage.name)).toBe(named(stage));
  });

  it('has one operation that sends each event, and one that receives the events of each subscription', () => {
    const sent = Object.values(operations).filter((one) => one.action === 'send');
    expect(sent.flatMap((one) => one.messages.map(eventOf)).toSorted()).toEqual(
      allEvents.map((one) => `${one.name}.v${one.version}`).toSorted(),
    );
    for (const { service, name, receives, impact } of allSubscriptions) {
      const operation = operations[`${service}.${name}`];
      expect(operation).toMatchObject({ action: 'receive', summary: `While it fails: ${impact}` });
      expect(operation?.messages.map(eventOf)).toEqual(receives.map((one) => `${one.name}.v${one.version}`));
    }
    expect(Object.keys(operations)).toHaveLength(allEvents.length + allSubscriptions.length);
  });

  it('has no dangling reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path.split('/'));
    const dangling = references.filter(
      (path) =>
        path.reduce<unknown>((value, key) => z.record(z.string(), z.unknown()).safeParse(value).data?.[key], document) === undefined,
    );
    expect(dangling).toEqual([]);
  });

  it.each(Object.entries(components.messages))(
    'the example of %s fits the schema of its message, and malformed data does not',
    (key, { examples: [{ payload }] }) => {
      const fits = ajv.getSchema(`asyncapi.json#/components/messages/${key}/payload`);
      expect([fits?.(payload), fits?.errors]).toEqual([true, null]);
      expect(fits?.({ ...payload, detail: { ...payload.detail, data: 'no object' } })).toBe(false);
      expect(fits?.({ ...payload, 'detail-type': 'Another' })).toBe(false);
    },
  );
});
