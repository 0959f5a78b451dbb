import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { companyEvents, envelopeReader, leadsEvents, type Envelope } from '@meilenstein/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { emitEveryEvent } from './every-event.ts';
import { leadsInMemory } from './leads-in-memory.ts';

const resolve = createRequire(import.meta.url).resolve;
const envelope = z.looseObject({ name: z.string(), data: z.record(z.string(), z.unknown()) });
const sampleOf = (name: string) =>
  envelope.parse(JSON.parse(readFileSync(resolve(`@meilenstein/contracts/samples/${name}.v1.json`), 'utf8')));
const keysOf = (event: object): readonly string[] => Object.keys(event).toSorted();

describe('the published samples of leads', () => {
  let emitted: readonly Envelope[] = [];

  beforeAll(async () => {
    const leads = leadsInMemory();
    await emitEveryEvent(leads);
    emitted = leads.events();
  });

  it.each(leadsEvents.map((definition) => definition.name))('%s is what the service still says', (name) => {
    const said = envelope.parse(emitted.find((event) => event.name === name));
    const sample = sampleOf(name);
    expect(keysOf(said)).toEqual(keysOf(sample));
    expect(Object.keys(said.data)).toEqual(expect.arrayContaining(Object.keys(sample.data)));
    // Whatever was added since the sample is optional: without it the event is one all the same.
    const asThen = Object.fromEntries(Object.keys(sample.data).map((key) => [key, said.data[key]]));
    expect(keysOf(envelopeReader(leadsEvents)({ ...said, data: asThen }).data)).toEqual(keysOf(sample.data));
    expect(envelopeReader(leadsEvents)(sampleOf(name))).toEqual(sampleOf(name));
  });
});

describe('the published samples that leads receives', () => {
  it.each(companyEvents.map((definition) => definition.name))(
    '%s is taken into the copy of the company, any number of times',
    async (name) => {
      const leads = leadsInMemory();
      await leads.hearCompany(sampleOf(name));
      const once = await leads.stores.company.read();
      await leads.hearCompany(sampleOf(name));
      expect(await leads.stores.company.read()).toEqual(once);
      expect(leads.sent).toEqual([]);
    },
  );

  it.each(['SubmissionStored', 'SubmissionReleased'])('%s is read, and names a submission that exists', async (name) => {
    const leads = leadsInMemory();
    expect((await leads.hear(sampleOf(name))).batchItemFailures).toHaveLength(1);
    expect(leads.sent).toEqual([]);
  });
});
