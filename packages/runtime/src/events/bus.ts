import { PutEventsCommand, type EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Envelope } from '@meilenstein/contracts';

export type Published = { readonly owner: string; readonly envelope: Envelope };

/** Publishes events. Returns for each event undefined, or why it was not accepted. */
export type Bus = { readonly publish: (events: readonly Published[]) => Promise<readonly (string | undefined)[]> };

const largestRequest = 10;
/** EventBridge takes 1 MB, and took 256 KB for years. What is billed is every 64 KB, so smaller requests cost no more. */
const largestRequestBytes = 240_000;

/** Beside the texts of an entry EventBridge counts 14 bytes for its time. */
const bytesOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

/** Entries in their order, in requests of at most ten and so many bytes; one that is larger goes alone. */
const requestsOf = (entries: readonly PutEventsRequestEntry[]): readonly (readonly PutEventsRequestEntry[])[] => {
  const requests: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = requests.at(-1);
    const size = bytesOf(entry);
    if (last === undefined || last.length === largestRequest || bytes + size > largestRequestBytes) {
      requests.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return requests;
};

/** Errors that say: the request itself is wrong, and always will be. Any other means that the bus, or the way to it, is away. */
const refusals = new Set(['ValidationException', 'SerializationException', 'RequestEntityTooLargeException', 'RequestTooLargeException']);
const isRefusal = (error: unknown): error is Error => error instanceof Error && refusals.has(error.name);

/**
 * EventBridge. A failed entry does not affect the others: a request that is refused as a whole is sent again entry by entry, so that the one
 * that is wrong is found. Throws where the bus is away.
 */
export const eventBridgeBus = (busName: string, client: EventBridgeClient): Bus => {
  const send = async (entries: readonly PutEventsRequestEntry[]): Promise<readonly (string | undefined)[]> => {
    try {
      const answer = await client.send(new PutEventsCommand({ Entries: [...entries] }));
      return entries.map((_, index) => answer.Entries?.[index]?.ErrorCode);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (entries.length === 1) return [error.name];
      const answers: (string | undefined)[] = [];
      for (const entry of entries) answers.push(...(await send([entry])));
      return answers;
    }
  };
  return {
    publish: async (events) => {
      const entries = events.map(({ owner, envelope }) => ({
        EventBusName: busName,
        Source: owner,
        DetailType: envelope.name,
        Time: new Date(envelope.storedAt),
        Detail: JSON.stringify(envelope),
      }));
      const answers: (string | undefined)[] = [];
      for (const request of requestsOf(entries)) answers.push(...(await send(request)));
      return answers;
    },
  };
};
