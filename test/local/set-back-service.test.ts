import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { leadConverted, leadHead, pipelineEvents } from '@meilenstein/contracts';
import { apiClient } from '@meilenstein/demo/client/api-client';
import { advance, deliver, leadsOf, registerSource } from '@meilenstein/demo/steps/new-business';
import { forecastStores } from '@meilenstein/forecast/stores';
import { toInstant } from '@meilenstein/kernel';
import { reportingStores } from '@meilenstein/reporting/stores';
import { randomIds, writeAll, type Item, type Machinery } from '@meilenstein/runtime';
import { raiseGeneration } from '@meilenstein/runtime/aggregate/generation';
import { forgetLostFuture, isLost } from '@meilenstein/runtime/events/forget-lost-future';
import { dynamoTable } from '@meilenstein/runtime/table/dynamo-table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyOf, itemsOf, refoldDifferences } from '../demo/refold.ts';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';

const deciding = ['pipeline-api', 'on-lead-converted', 'on-lead-erased', 'on-company-changed', 'import-opportunities'];

let company: SmallCompany;
beforeAll(async () => {
  company = await bootSmallCompany();
});
afterAll(async () => {
  await company.end();
});

/** A service's table as an operator reaches it, past its functions. */
const machineryOf = (service: string): Machinery => {
  const {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint = '',
    AWS_REGION: region = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  } = company.cloud.endpoints;
  const clock = { now: () => toInstant(Date.now()) };
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  return { table: dynamoTable(`meilenstein-dev-${service}`, client, clock), clock, ids: randomIds, delay: async () => {}, random: () => 0 };
};

/** An opportunity that came from a form. */
const opportunity = async (key: string): Promise<{ readonly id: string; readonly owner: string }> => {
  const { cloud } = company;
  const source = await registerSource(await apiClient(cloud, 'marketing', 'm'), `Form ${key}`, 'standard-webhooks');
  await deliver(cloud, source, key, { email: `${key}@back.example`, name: 'Somebody', company: `${key} GmbH` });
  await cloud.quiet();
  const [lead] = await leadsOf(await apiClient(cloud, 'operations', 'o'), [source]);
  const owner = lead?.owner?.repId ?? '';
  const rep = await apiClient(cloud, 'rep', `login-${owner}`);
  const { etag } = await rep.call('GET', `/leads/${lead?.leadId}`);
  const { opportunityId } = await rep.send(leadHead, 'POST', `/leads/${lead?.leadId}/convert`, { body: {}, ifMatch: etag ?? '' });
  await cloud.quiet();
  return { id: opportunityId ?? '', owner };
};

/** Puts the table of pipeline back to what it held, while none of its functions runs. */
const setBack = async (items: readonly Item[]): Promise<void> => {
  const { cloud } = company;
  for (const name of deciding) cloud.holdFunction(`meilenstein-dev-pipeline-${name}`);
  const now = await itemsOf(cloud, 'pipeline');
  await writeAll(
    machineryOf('pipeline'),
    now.map(({ pk, sk }) => ({ remove: { pk, sk } })),
  );
  await writeAll(
    machineryOf('pipeline'),
    items.map((put) => ({ put })),
  );
};

const goOn = async (): Promise<void> => {
  for (const name of deciding) {
    await company.cloud.killFunction(`meilenstein-dev-pipeline-${name}`);
    company.cloud.releaseFunction(`meilenstein-dev-pipeline-${name}`);
  }
};

describe('a service whose table is set back to an earlier point', () => {
  it('goes on in a new generation, and every view of the others is what the tables say', async () => {
    const { cloud } = company;
    const kept = await opportunity('kept');
    await advance(cloud, kept.id, kept.owner, { milestones: 1, amount: '1000.00' });
    await cloud.quiet();
    const past = await itemsOf(cloud, 'pipeline');

    const lost = await opportunity('lost');
    await advance(cloud, lost.id, lost.owner, { milestones: 2, amount: '5000.00' });
    await advance(cloud, kept.id, kept.owner, { milestones: 3, amount: '9000.00' });
    await cloud.quiet();

    await setBack(past);
    await cloud.quiet();
    const back = await raiseGeneration(machineryOf('pipeline'));
    const isOfLostFuture = isLost(
      back,
      pipelineEvents.map((event) => event.name),
    );
    const [forecast, reporting] = [machineryOf('forecast'), machineryOf('reporting')];
    const [{ view, estimates }, { facts }] = [forecastStores(forecast), reportingStores(reporting)];
    expect(await forgetLostFuture(forecast.table, [view, estimates], isOfLostFuture)).toBeGreaterThan(0);
    expect(await forgetLostFuture(reporting.table, [facts], isOfLostFuture)).toBeGreaterThan(0);
    await goOn();
    const order = {
      since: back.until,
      queueUrl: `${cloud.endpoints['AWS_ENDPOINT_URL_SQS']}/000000000000/meilenstein-dev-pipeline-on-lead-converted`,
      names: [leadConverted.name],
    };
    await cloud.invoke('meilenstein-dev-leads-republish', order);
    await advance(cloud, kept.id, kept.owner, { milestones: 2, amount: '2000.00' });
    await cloud.quiet();

    const history = historyOf(await itemsOf(cloud, 'pipeline'));
    const generations = (id: string) => [...new Set(history.filter(({ subject }) => subject === id).map((event) => event.generation ?? 0))];
    expect([generations(kept.id), generations(lost.id)]).toEqual([[0, 1], [1]]);
    const different = (await refoldDifferences(cloud)).flatMap((one) => one.different.map((item) => `${one.view}: ${item}`));
    expect(different).toEqual([]);
  }, 120_000);
});
