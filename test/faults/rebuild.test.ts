import { pipelineEvents } from '@meilenstein/contracts';
import { onPipelineEvent } from '@meilenstein/forecast/pipeline-view/events/on-pipeline-event';
import { forecastStores } from '@meilenstein/forecast/stores';
import { batchOf, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import { republish } from '@meilenstein/runtime/events/republish';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { business, receivedOf, tools } from './business-in-process.ts';

const message = z.object({ detail: z.unknown() });

/** How often a row was written is no part of a view, nor is a counter that came back to 0. */
const viewOf = ({ table }: InMemory): readonly string[] =>
  table
    .dump()
    .map(({ version: _, ...item }) => Object.entries(item).filter(([, value]) => value !== 0))
    .filter((attributes) => attributes.length > 2)
    .map((attributes) => JSON.stringify(attributes.toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

it('a forecast that is rebuilt by republishing has the same counters as one that followed each event', async () => {
  const { pipeline } = await business();
  const follower = tools();
  const follow = onPipelineEvent(forecastStores(follower), follower.consumer);
  for (const event of receivedOf(pipelineEvents, pipeline.events())) await follow(batchOf(event));

  const sent: string[] = [];
  const queues = { ...pipeline.consumer.queues, sendMany: async (_: string, bodies: readonly string[]) => void sent.push(...bodies) };
  await republish({ table: pipeline.table, queues, hasTimeLeft: () => true })({
    since: '2000-01-01T00:00:00Z',
    queueUrl: 'https://queue.example/forecast',
    names: pipelineEvents.map((event) => event.name),
  });
  const rebuilt = tools();
  const rebuild = onPipelineEvent(forecastStores(rebuilt), rebuilt.consumer);
  for (let from = 0; from < sent.length; from += 10)
    await rebuild(batchOf(...sent.slice(from, from + 10).map((body) => message.parse(JSON.parse(body)).detail)));

  expect(sent.length).toBeGreaterThan(200);
  expect(rebuilt.sent).toEqual([]);
  expect(viewOf(rebuilt)).toEqual(viewOf(follower));
}, 60_000);
