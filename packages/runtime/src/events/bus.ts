import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Envelope } from '@meilenstein/contracts';

export type Published = { readonly owner: string; readonly envelope: Envelope };

/** Publishes events. Returns for each event undefined, or why it was not accepted. */
export type Bus = { readonly publish: (events: readonly Published[]) => Promise<readonly (string | undefined)[]> };

const largestRequest = 10;

/** EventBridge; ten entries a request, a failed entry does not affect the others. */
export const eventBridgeBus = (busName: string, client: EventBridgeClient): Bus => ({
  publish: async (events) => {
    const answers: (string | undefined)[] = [];
    for (let from = 0; from < events.length; from += largestRequest) {
      const entries = events.slice(from, from + largestRequest).map(({ owner, envelope }) => ({
        EventBusName: busName,
        Source: owner,
        DetailType: envelope.name,
        Time: new Date(envelope.storedAt),
        Detail: JSON.stringify(envelope),
      }));
      const answer = await client.send(new PutEventsCommand({ Entries: entries }));
      answers.push(...entries.map((_, index) => answer.Entries?.[index]?.ErrorCode));
    }
    return answers;
  },
});
