import { submissionId, type SourceId, type SubmissionId } from '@meilenstein/kernel';
import type { LeadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import * as z from 'zod';
import { deliveryOf, type Delivery } from './form-traffic.ts';
import type { World } from './seeded-world.ts';
import type { TroubledDelivery } from './troubled-delivery.ts';

export type BurstOrder = {
  readonly seed: number;
  readonly submissions: number;
  /** how many people write; few of them meet themselves all the time */
  readonly people?: number;
  /** called whenever so many more submissions were acknowledged */
  readonly every?: { readonly submissions: number; readonly tell: (acknowledged: number, table: MemoryTable) => void };
};

/** How far a sender moves the clock with each submission. */
export const stepMillis = 150;
const senders = 24;
/** Senders wait while this much does: otherwise one measures how fast they can type. */
const mostWaiting = 1000;
const peoplePerSubmission = 0.6;
const poisonPerSubmission = 0.002;
const repeatedPerSubmission = 0.08;
const forgedPerSubmission = 0.01;
const erasedPerSubmission = 0.02;

export type Forms = { readonly webhook: { readonly id: SourceId; readonly secret: string }; readonly page: { readonly id: SourceId } };
export type Stage = {
  readonly order: BurstOrder;
  readonly world: World;
  readonly leads: LeadsInMemory;
  readonly delivery: TroubledDelivery;
  readonly forms: Forms;
  /** the id under which each delivery was acknowledged, by its number */
  readonly promised: string[];
  /** submissions whose persons asked to be erased and were not yet */
  readonly toErase: SubmissionId[];
  /** leads whose erasure was acknowledged */
  readonly erased: Set<string>;
  readonly counts: { repeats: number; refused: number };
};

/** Delivery number `n` of a burst: the sender makes it, and the auditor makes it again. */
export const numbered = ({ seed, submissions, people = Math.ceil(submissions * peoplePerSubmission) }: BurstOrder, n: number): Delivery =>
  deliveryOf(seed, n, people);

const answered = z.object({ submissionId });

/** Sends until it is acknowledged, as providers do for days. Returns the bytes of the answer. */
const post = async ({ world, leads, forms }: Stage, { form, id, body }: Delivery): Promise<string> => {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const answer = await world.invoke(() =>
      form === 'webhook' ? leads.deliver(forms.webhook, id, body) : leads.submit(forms.page.id, { _id: id, ...Object(body) }),
    );
    if (!('killed' in answer)) {
      if (answer.status === 202) return answer.text;
      if (answer.status < 500) throw new Error(`${id} was genuine and got ${answer.status}`);
    }
    await world.turn();
  }
  throw new Error(`${id} was not acknowledged in 1000 tries`);
};

const forge = async ({ world, leads, forms, counts }: Stage, { id, body }: Delivery): Promise<void> => {
  const answer = await world.invoke(() => leads.deliver({ ...forms.webhook, secret: 'whsec_d3Jvbmc=' }, id, body));
  if (!('killed' in answer) && answer.status === 202) throw new Error(`${id} was forged and taken`);
  if (!('killed' in answer) && answer.status === 401) counts.refused += 1;
};

/** Messages that nobody sent: no JSON, an event from the future, one that nobody hears, a submission that is not there. */
const poison = ({ world, leads, delivery }: Stage, n: number): void => {
  const at = leads.clock.now();
  const head = {
    id: `poison-${n}`,
    subject: `poison-${n}`,
    sequence: 1,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    origin: 'live',
    correlationId: 'poison',
    causedBy: null,
    data: { submissionId: `poison-${n}`, sourceId: 'poison' },
  };
  const details = [
    JSON.stringify({ detail: { ...head, name: 'SubmissionStored', version: 99 } }),
    JSON.stringify({ detail: { ...head, name: 'SubmissionSold', version: 1 } }),
    JSON.stringify({ detail: { ...head, name: 'SubmissionStored', version: 1 } }),
  ];
  delivery.put(details[Math.floor(world.random() * 4)] ?? `{"poison-${n}`);
};

const sendOne = async (stage: Stage, n: number): Promise<void> => {
  const { order, world, leads, promised, counts } = stage;
  const delivery = numbered(order, n);
  leads.move(stepMillis);
  if (world.happens(forgedPerSubmission)) await forge(stage, delivery);
  if (world.happens(poisonPerSubmission)) poison(stage, n);
  // A second click comes at the same time, a provider's repetition afterwards.
  const isClicked = world.happens(repeatedPerSubmission / 2);
  const [first = '', ...others] = await Promise.all([post(stage, delivery), ...(isClicked ? [post(stage, delivery)] : [])]);
  if (world.happens(repeatedPerSubmission / 2)) others.push(await post(stage, delivery));
  counts.repeats += others.length;
  if (others.some((bytes) => bytes !== first)) throw new Error(`${delivery.id} got other bytes for the same delivery`);
  const { submissionId: id } = answered.parse(JSON.parse(first));
  promised[n] = id;
  if (delivery.expected.outcome === 'lead' && world.happens(erasedPerSubmission)) stage.toErase.push(id);
};

/** All submissions, by many senders at once. */
export const sendAll = async (stage: Stage): Promise<void> => {
  const { order, world, leads, delivery } = stage;
  const { submissions, every } = order;
  let next = 0;
  let acknowledged = 0;
  const sender = async (): Promise<void> => {
    while (next < submissions) {
      const n = next;
      next += 1;
      await sendOne(stage, n);
      while (delivery.waiting() > mostWaiting) await world.turn();
      acknowledged += 1;
      if (every !== undefined && acknowledged % every.submissions === 0) every.tell(acknowledged, leads.table);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
};
