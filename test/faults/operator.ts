import { commit, eventsOf } from '@meilenstein/runtime/aggregate/commit';
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
