import { companyEvents, envelopeReader, segmentsPublished, type AnyEvent, type Envelope } from '@meilenstein/contracts';
import { day, toInstant } from '@meilenstein/kernel';
import { importOpportunities } from '@meilenstein/pipeline/imports/events/import-opportunities';
import { pipelineStores } from '@meilenstein/pipeline/stores';
import { onOrder } from '@meilenstein/quota/credits/events/on-order';
import { quotaApi } from '@meilenstein/quota/organisation/http/quota-api';
import { quotaStores } from '@meilenstein/quota/stores';
import { importJob } from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { batchOf, callOf, inMemory, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import { expect } from 'vitest';
import { organisation, process, settings } from '@meilenstein/demo/company/documents';
import { segments } from '@meilenstein/demo/company/lead-rules';
import { history } from '@meilenstein/demo/company/history';
import { seeded } from '@meilenstein/demo/company/random';

const now = toInstant('2026-11-20T10:00:00Z');

export const tools = (): InMemory => inMemory(now);

export const receivedOf = <Definition extends AnyEvent>(receives: readonly Definition[], events: readonly Envelope[]) =>
  events.filter((event) => receives.some((one) => one.name === event.name)).map(envelopeReader(receives));

export type Business = { readonly events: readonly Envelope[]; readonly pipeline: InMemory };

/** Business of the demo company, made by the deciders themselves in this process. */
export const business = async (): Promise<Business> => {
  const [quota, pipeline] = [tools(), tools()];
  const quotaDeps = { ...quota, stores: quotaStores(quota) };
  const put = (path: string, body: unknown) => callOf(quotaApi(quotaDeps))(`PUT ${path}`, { body, headers: { 'if-none-match': '*' } });
  const answers = [
    await put('/settings', settings(day.parse('2026-11-20'))),
    await put('/organisation', organisation(seeded(1), day.parse('2024-01-01'))),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  const bucket = memoryBucket(pipeline.clock);
  const stores = pipelineStores(pipeline);
  await stores.company.fold(receivedOf(companyEvents, quota.events()));
  await stores.processes.change(process.processId, () => ({
    events: [
      {
        name: 'ProcessPublished',
        version: 1,
        data: { processId: process.processId, version: 1, name: process.name, milestones: [...process.milestones] },
      },
    ],
  }));
  await stores.segments.learn(segmentsPublished.data.parse({ version: 1, segments }));
  const rows = history(seeded(5), now, { leads: 40, opportunities: 60 }).opportunities;
  bucket.put('imports/i1.ndjson', Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')));
  const imports = importJob({ ...pipeline, bucket });
  await imports.start('i1', 'old-crm');
  await importOpportunities(
    { ...pipeline, stores, imports, importQueueUrl: 'q' },
    pipeline.consumer,
  )(batchOf({ object: { key: 'imports/i1.ndjson' } }));
  expect(await imports.status('i1')).toMatchObject({ status: 'finished', rejected: 0, rows: rows.length });
  const orders = pipeline.events().filter((event) => ['OpportunityWon', 'OrderCancelled'].includes(event.name));
  await onOrder(quotaDeps, quota.consumer)(batchOf(...orders));
  return { events: [...quota.events(), ...pipeline.events()], pipeline };
};
