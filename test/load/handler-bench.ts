import { toInstant } from '@meilenstein/kernel';
import { intake } from '@meilenstein/leads/capture/http/intake';
import { intakeStore } from '@meilenstein/leads/capture/store/intake-store';
import { deriveId, type Machinery, type Table } from '@meilenstein/runtime';
import { memoryParameters } from '@meilenstein/runtime/adapters/parameters';
import { readPlainly } from './plain-intake.ts';
import { sampleDelivery } from './sample-delivery.ts';

export type HandlerCost = { readonly ours: number; readonly plain: number };

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Microseconds of CPU that one call takes, over many calls. */
const cpuOf = async (calls: number, call: (n: number) => unknown): Promise<number> => {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n += 1) await call(n);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
};

/** CPU of the whole intake function for a delivery, and of a bare function that verifies, parses and validates the same one. */
export const handlerBench = async (rounds: number, calls: number): Promise<HandlerCost> => {
  const { event, source, secret } = await sampleDelivery(2000);
  const now = Date.now();
  const events = Array.from({ length: 200 }, (_, n) => event(n, now));
  const at = (n: number) => events[n % events.length] ?? event(n, now);
  let made = 0;
  // A table that answers at once: what a database takes is not the handler's.
  const table: Table = {
    get: async () => source,
    getMany: async () => [],
    query: async () => ({ items: [], next: null }),
    transact: async () => ({ done: true }),
    scan: async () => ({ items: [], next: null }),
  };
  const parameters = memoryParameters();
  await parameters.put(`/sources/${source.pk.slice('SOURCE#'.length)}/1`, secret);
  const machinery: Machinery = {
    table,
    clock: { now: () => toInstant(now) },
    ids: { next: () => deriveId('bench', String((made += 1))) },
    delay: async () => undefined,
    random: () => 0.5,
  };
  const claimNames = { roles: 'roles', sources: 'sources' };
  const receive = intake({ ...machinery, claimNames, stores: intakeStore(machinery, parameters, () => '/sources') });
  const { statusCode } = await receive(at(0));
  if (statusCode !== 202) throw new Error(`intake answered ${statusCode}`);

  const costs: HandlerCost[] = [];
  for (let round = 0; round < rounds; round += 1)
    costs.push({ ours: await cpuOf(calls, (n) => receive(at(n))), plain: await cpuOf(calls, (n) => readPlainly(at(n), secret)) });
  // The first rounds are the compiler's.
  const settled = costs.slice(Math.floor(rounds / 3));
  return { ours: median(settled.map((one) => one.ours)), plain: median(settled.map((one) => one.plain)) };
};
