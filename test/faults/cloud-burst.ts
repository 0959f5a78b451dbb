import { setTimeout } from 'node:timers/promises';
import { reconciliationView } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { deliver, registerSource, submitForm, type Posted, type Source } from '@meilenstein/demo/steps/new-business';
import { seeded, type Random } from '@meilenstein/demo/company/random';
import { historyOf, itemsOf } from '../demo/refold.ts';
import { apiClient } from '@meilenstein/demo/client/api-client';
import { whileIndexesLag } from './lagging-indexes.ts';
import { auditLeads, type Audit, type Promised } from './lead-auditor.ts';
import { numbered, type BurstOrder } from './senders.ts';

export type CloudBurstResult = Audit & {
  readonly acknowledged: number;
  readonly again: number;
  readonly kills: number;
  readonly redriven: number;
  /** leads whose erasure was acknowledged */
  readonly erasures: number;
  /** erasures that the nightly run had to finish */
  readonly finishedAtNight: number;
};

/** How often a submission is followed by the death of a function on its way, and how many milliseconds later at most. */
const strikes = [
  { name: 'meilenstein-dev-leads-intake', probability: 0.15, within: 30 },
  { name: 'meilenstein-dev-leads-relay', probability: 0.06, within: 150 },
  { name: 'meilenstein-dev-leads-on-submission-stored', probability: 0.1, within: 400 },
] as const;
const deadLetterQueues = ['on-submission-stored', 'on-lead-erased'].map((name) => {
  const queue = `meilenstein-dev-leads-${name}`;
  return [`${queue}-dead`, queue] as const;
});
/** What the tables do meanwhile: one write in ten meets another transaction, one request in fifty is one too many. */
const tableFaults = { conflicts: 0.1, throttling: 0.02 };
const erasedPerSubmission = 0.05;
const senders = 6;
type Forms = { readonly webhook: Source; readonly page: Source };
type Stage = {
  readonly cloud: Cloud;
  readonly forms: Forms;
  readonly random: Random;
  readonly order: BurstOrder;
  readonly kills: Promise<void>[];
};

/** Decides who dies while this submission is on its way: the seed says whether and when, and the processes get no word of it. */
const strike = ({ cloud, random, kills }: Stage): void => {
  for (const { name, probability, within } of strikes) {
    if (random() >= probability) continue;
    const later = random() * within;
    kills.push(setTimeout(later).then(() => cloud.killFunction(name)));
  }
};

const answered = z.object({ submissionId: z.string() });

const post = async ({ cloud, forms, order }: Stage, n: number): Promise<Posted> => {
  const { form, id, body } = numbered(order, n);
  const delivery = `${order.seed}-${id}`;
  return form === 'webhook'
    ? deliver(cloud, forms.webhook, delivery, body)
    : submitForm(cloud, forms.page, { _id: delivery, ...Object(body) });
};

/** Sends until it is acknowledged; some are sent again although they were, and must get the same bytes. */
const sendAll = async (stage: Stage): Promise<{ readonly ids: readonly string[]; readonly again: number }> => {
  const { submissions } = stage.order;
  const ids: string[] = [];
  let [next, again] = [0, 0];
  const send = async (n: number): Promise<string> => {
    for (;;) {
      const answer = await post(stage, n);
      if (answer.status === 202) return answer.body;
      if (answer.status < 500 && answer.status !== 429) throw new Error(`delivery ${n} was genuine and got ${answer.status}`);
      again += 1;
      await setTimeout(stage.random() * 100);
    }
  };
  const sender = async (): Promise<void> => {
    while (next < submissions) {
      const n = next;
      next += 1;
      strike(stage);
      const bytes = await send(n);
      if (stage.random() < 0.1 && (await send(n)) !== bytes) throw new Error(`delivery ${n} got other bytes for the same delivery`);
      ids[n] = answered.parse(JSON.parse(bytes)).submissionId;
      await setTimeout(stage.random() * 150);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return { ids, again };
};

const nightly = z.object({ finished: z.int() });
const linked = z.looseObject({ leadId: z.string().nullish() });

/** Erases some of the persons while the tables are in trouble and the indexes lag; returns the leads whose erasure was acknowledged. */
const erasePersons = async ({ cloud, random }: Stage, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const leadOf = new Map(
    historyOf(await itemsOf(cloud, 'leads')).flatMap(({ subject, data }) => {
      const { leadId } = linked.safeParse(data).data ?? {};
      return typeof leadId === 'string' ? [[subject, leadId] as const] : [];
    }),
  );
  const chosen = new Set(ids.flatMap((id) => (random() < erasedPerSubmission ? (leadOf.get(id) ?? []) : [])));
  await whileIndexesLag(cloud, async () => {
    for (const leadId of chosen) while ((await operations.call('DELETE', `/leads/${leadId}`)).status !== 202) await setTimeout(50);
  });
  return chosen;
};

const redrive = (cloud: Cloud): number =>
  deadLetterQueues.reduce((sum, [dead, queue]) => sum + (cloud.queues.depth(dead) > 0 ? cloud.queues.redrive(dead, queue) : 0), 0);

const reconciliationFaults = async ({ cloud, forms }: Stage, { reconciliations }: Audit): Promise<readonly string[]> => {
  const marketing = await apiClient(cloud, 'marketing', 'login-marketing');
  const pages = [...reconciliations].map(async ([page, counted]) => {
    const [source, day] = page.split(' ');
    const said = await marketing.get(reconciliationView, `/sources/${source}/reconciliation?day=${day}`);
    const isSame = said.received === counted.received && said.created === counted.created && said.attached === counted.attached;
    return said.balanced && said.waiting === 0 && isSame
      ? []
      : [`reconciliation of ${page} says ${JSON.stringify(said)}, counted ${JSON.stringify(counted)}`];
  });
  const ids = [forms.webhook.sourceId, forms.page.sourceId];
  const foreign = [...reconciliations.keys()].filter((page) => !ids.some((id) => page.startsWith(id)));
  return [...(await Promise.all(pages)).flat(), ...foreign.map((page) => `reconciliation of ${page} belongs to no form`)];
};

/**
 * Submissions through the synthesized cloud on this machine, while processes of its functions are killed. Afterwards an auditor compares
 * what lies in the table with what was acknowledged.
 */
export const cloudBurst = async (cloud: Cloud, order: BurstOrder): Promise<CloudBurstResult> => {
  const marketing = await apiClient(cloud, 'marketing', 'login-marketing');
  const [webhook, page] = [
    await registerSource(marketing, `Webhook ${order.seed}`, 'standard-webhooks', { country: 'DE' }),
    await registerSource(marketing, `Page ${order.seed}`, 'html-form', { country: 'DE', honeypot: 'website' }),
  ];
  const stage: Stage = { cloud, forms: { webhook, page }, random: seeded(order.seed), order, kills: [] };
  await cloud.quiet();
  await cloud.troubleTables({ ...tableFaults, seed: order.seed });
  const { ids, again } = await whileIndexesLag(cloud, () => sendAll(stage));
  await Promise.all(stage.kills);
  const quietMillis = 60_000 + order.submissions * 200;
  await cloud.quiet(quietMillis);
  const redriven = redrive(cloud);
  await cloud.quiet(quietMillis);
  const erased = await erasePersons(stage, ids);
  await cloud.troubleTables({ conflicts: 0, throttling: 0 });
  await cloud.quiet(quietMillis);
  // As the run of the next night will find them.
  const { finished } = nightly.parse(
    await cloud.invoke('meilenstein-dev-leads-apply-retention', { scheduledTime: new Date(Date.now() + 24 * 3600_000).toISOString() }),
  );

  const promises = ids.map((submissionId, n): Promised => {
    const { form, expected } = numbered(order, n);
    return { submissionId, sourceId: stage.forms[form].sourceId, expected };
  });
  const audit = auditLeads(await itemsOf(cloud, 'leads'), promises, erased);
  const left = deadLetterQueues.filter(([dead]) => cloud.queues.depth(dead) > 0).map(([dead]) => `${dead} holds letters again`);
  return {
    ...audit,
    faults: [...audit.faults, ...(await reconciliationFaults(stage, audit)), ...left],
    acknowledged: ids.filter((id) => id !== undefined).length,
    again,
    kills: stage.kills.length,
    redriven,
    erasures: erased.size,
    finishedAtNight: finished,
  };
};
