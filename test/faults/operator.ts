import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
import type { SubmissionId } from '@meilenstein/kernel';
import type { Stage } from './senders.ts';

const passing = /^(failed \d+ times, last with (ProvisionedThroughputExceededException|TimeoutError|Error)|received \d+ times)$/;

type Letter = { readonly body: string; readonly reason: string };

const explanationOf = ({ body, reason }: Letter): 'planted' | 'refused by the bus' | 'failed too often' | undefined => {
  if (body.includes('poison-')) return 'planted';
  if (reason === 'MalformedDetail') return 'refused by the bus';
  return passing.test(reason) ? 'failed too often' : undefined;
};

/** An operator looks through the dead letters: what was mended goes back, what was planted stays. Nothing may be unexplained. */
export const redrive = (
  { delivery, leads }: Stage,
  seen: { relay: number; consumer: number },
  deadLetters: Map<string, number>,
): number => {
  const letters: readonly Letter[] = [
    ...delivery.dead.slice(seen.relay),
    ...leads.sent.slice(seen.consumer).map(({ body, reason = '' }) => ({ body, reason })),
  ];
  seen.relay = delivery.dead.length;
  seen.consumer = leads.sent.length;
  let again = 0;
  for (const letter of letters) {
    const why = explanationOf(letter) ?? `unexplained: ${letter.reason}`;
    deadLetters.set(why, (deadLetters.get(why) ?? 0) + 1);
    if (why === 'planted') continue;
    again += 1;
    if (why === 'refused by the bus')
      for (const { envelope } of eventsOf(commit.parse(JSON.parse(letter.body)))) delivery.publishAgain(envelope);
    else delivery.put(letter.body);
  }
  return again;
};

/** The lead that a submission has become part of, as an operator sees it. */
const leadOf = async ({ leads }: Stage, id: SubmissionId): Promise<string | null> => {
  try {
    const state = (await leads.stores.submissions.find(id))?.state;
    return state === undefined || state.status === 'none' ? null : state.leadId;
  } catch {
    return null;
  }
};

/** Asks once for the erasure of a person who wrote a submission; true: it was acknowledged. */
const erase = async (stage: Stage, id: SubmissionId): Promise<boolean> => {
  const leadId = await leadOf(stage, id);
  if (leadId === null) return false;
  const answer = await stage.world.invoke(() => stage.leads.call('DELETE /leads/{leadId}', { path: { leadId } }));
  if ('killed' in answer || answer.status !== 202) return false;
  stage.erased.add(leadId);
  return true;
};

/** Erases, while everything goes on, the persons who asked for it; those whose submission is not read yet come later. */
export const eraseLater = async (stage: Stage, isOver: () => boolean): Promise<void> => {
  const { toErase, world } = stage;
  while (!isOver()) {
    const id = toErase.shift();
    if (id !== undefined && !(await erase(stage, id))) toErase.push(id);
    await world.turn();
  }
};

/** Erases those who are left, after the faults ended. */
export const erasePersons = async (stage: Stage): Promise<void> => {
  for (const id of stage.toErase.splice(0)) if (!(await erase(stage, id))) throw new Error(`the person of ${id} cannot be erased`);
};
