import { leadErased, leadsOnSubmissionStored, reconciliationView } from '@meilenstein/contracts';
import { addMillis, sourceId, toInstant, type Instant } from '@meilenstein/kernel';
import { leadsInMemory, type LeadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import * as z from 'zod';
import { auditLeads, type Audit, type Promised } from './lead-auditor.ts';
import { eraseLater, erasePersons, redrive } from './operator.ts';
import { seededWorld, type World } from './seeded-world.ts';
import { numbered, sendAll, stepMillis, type BurstOrder, type Forms, type Stage } from './senders.ts';
import { noDeliveryTrouble, troubledDelivery, type DeliveryTrouble } from './troubled-delivery.ts';
import { noTableTrouble, troubledTable, type TableTrouble } from './troubled-table.ts';

type Trouble = TableTrouble & DeliveryTrouble & { readonly killed: number };

export type BurstResult = Audit & {
  readonly acknowledged: number;
  readonly repeats: number;
  readonly refusedForgeries: number;
  readonly kills: number;
  /** leads whose erasure was acknowledged */
  readonly erasures: number;
  /** erasures that the nightly run had to finish */
  readonly finishedAtNight: number;
  readonly trouble: Trouble;
  /** dead letters, by what explains them */
  readonly deadLetters: ReadonlyMap<string, number>;
  readonly table: MemoryTable;
};

const readers = 10;
const tries = 5;
const dayMillis = 24 * 3600_000;
const reps = Array.from({ length: 12 }, (_, index) => `rep-${index}`);
/** Half of them come before midnight and half after it, so that the reconciliation covers two days. */
const startOf = (submissions: number): Instant => addMillis(toInstant('2026-03-03T00:00:00Z'), -Math.ceil(submissions / 2) * stepMillis);

const noTrouble: Trouble = { ...noTableTrouble, ...noDeliveryTrouble, killed: 0 };

/** Each seed has its own mixture, from a quiet day to one on which everything fails often. */
const troubleOf = (world: World): Trouble => {
  const upTo = (most: number): number => (world.happens(0.15) ? 0 : world.random() * most);
  return {
    throttled: upTo(0.02),
    conflict: upTo(0.05),
    lostAnswer: upTo(0.01),
    lag: upTo(0.02),
    busAway: upTo(0.2),
    busThrottled: upTo(0.05),
    refused: upTo(0.002),
    twice: upTo(0.1),
    killed: upTo(0.004),
  };
};

const named = z.object({ detail: z.object({ name: z.string() }) });
const isErasure = ({ body }: SQSRecord): boolean => {
  try {
    return named.safeParse(JSON.parse(body)).data?.detail.name === leadErased.name;
  } catch {
    return false;
  }
};

/** The functions behind one queue, which in the cloud have a queue each. */
const reactions =
  (leads: LeadsInMemory) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const erasures = Records.filter(isErasure);
    const others = Records.filter((record) => !isErasure(record));
    const answers = [
      ...(others.length === 0 ? [] : [await leads.read({ Records: others })]),
      ...(erasures.length === 0 ? [] : [await leads.forget({ Records: erasures })]),
    ];
    return { batchItemFailures: answers.flatMap((answer) => answer.batchItemFailures) };
  };

/** What the service itself reports in its reconciliation must be what the auditor counted. */
const reconciliationFaults = async ({ leads, forms }: Stage, { reconciliations }: Audit): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const { id } of [forms.webhook, forms.page])
    for (const day of ['2026-03-02', '2026-03-03']) {
      const said = reconciliationView.parse(
        (await leads.call('GET /sources/{sourceId}/reconciliation', { path: { sourceId: id }, query: { day } })).json,
      );
      const counted = reconciliations.get(`${id} ${day}`) ?? { received: 0, created: 0, attached: 0, quarantined: 0, rejected: 0 };
      const rejected = Object.values(said.rejected).reduce((sum, one) => sum + one, 0);
      const [theirs, ours] = [
        { ...said, rejected },
        { ...counted, waiting: 0, balanced: true },
      ].map((one) => [one.received, one.created, one.attached, one.quarantined, one.rejected, one.waiting, one.balanced].join(' '));
      if (theirs !== ours) faults.push(`reconciliation of ${id} on ${day} says ${theirs}, counted ${ours}`);
    }
  return faults;
};

const fairnessFaults = ({ perRep }: Audit): readonly string[] => {
  const counts = reps.map((rep) => perRep.get(rep) ?? 0);
  const spread = Math.max(...counts) - Math.min(...counts);
  return spread > 1 ? [`one rep has ${spread} leads more than another`] : [];
};

const registerForms = async (leads: LeadsInMemory): Promise<Forms> => {
  await leads.hire(...reps);
  const webhook = await leads.register('standard-webhooks', { name: 'Webhook', country: 'DE' });
  const page = await leads.register('html-form', { name: 'Page', country: 'DE', honeypot: 'website' });
  return { webhook, page: { id: sourceId.parse(page.id) } };
};

/**
 * Submissions through the real handlers of leads in one process: the consumer, the relay, and the reader of stored submissions, over
 * stand-ins for table, bus and queue that fail as the seed says. Afterwards the faults stop, dead letters are redriven, and an auditor
 * compares what is there with what was acknowledged.
 */
export const burst = async (order: BurstOrder): Promise<BurstResult> => {
  const world = seededWorld(order.seed);
  let trouble = noTrouble;
  const leads = leadsInMemory(startOf(order.submissions), {
    around: (table) => troubledTable(table, world, () => trouble),
    delay: world.turn,
    random: world.random,
    tries,
  });
  const forms = await registerForms(leads);
  const delivery = troubledDelivery({
    world,
    trouble: () => trouble,
    commits: leads.table.commits,
    hears: [...leadsOnSubmissionStored.receives.map(({ name }) => name), leadErased.name],
    react: reactions(leads),
    mostReceives: tries + 1,
  });
  const stage: Stage = {
    order,
    world,
    leads,
    delivery,
    forms,
    promised: [],
    toErase: [],
    erased: new Set(),
    counts: { repeats: 0, refused: 0 },
  };

  const chosen = troubleOf(world);
  trouble = chosen;
  world.killWith(chosen.killed);
  let isSent = false;
  const sending = sendAll(stage).finally(() => (isSent = true));
  await Promise.all([sending, eraseLater(stage, () => isSent), delivery.run(() => isSent, readers)]);

  trouble = noTrouble;
  world.killWith(0);
  const deadLetters = new Map<string, number>();
  const seen = { relay: 0, consumer: 0 };
  const mend = async (): Promise<void> => {
    do await delivery.run(() => true, readers);
    while (redrive(stage, seen, deadLetters) > 0);
  };
  await mend();
  await erasePersons(stage);
  await mend();
  const { finished } = await leads.retain(leads.move(dayMillis));

  const promises = stage.promised.map((submissionId, n): Promised => {
    const { form, expected } = numbered(order, n);
    return { submissionId, sourceId: forms[form].id, expected };
  });
  const audit = auditLeads(leads.table.items(), promises, stage.erased);
  const unexplained = [...deadLetters.keys()].filter((why) => why.startsWith('unexplained'));
  const missing = order.submissions - promises.filter((one) => one !== undefined).length;
  return {
    ...audit,
    faults: [
      ...audit.faults,
      ...(await reconciliationFaults(stage, audit)),
      ...fairnessFaults(audit),
      ...unexplained,
      ...(missing > 0 ? [`${missing} deliveries were never acknowledged`] : []),
    ],
    acknowledged: promises.length,
    repeats: stage.counts.repeats,
    refusedForgeries: stage.counts.refused,
    kills: world.kills(),
    erasures: stage.erased.size,
    finishedAtNight: finished,
    trouble: chosen,
    deadLetters,
    table: leads.table,
  };
};
