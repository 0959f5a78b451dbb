import type { MemoryTable } from '@meilenstein/runtime/testing/memory-table';
import { burst } from '../faults/burst.ts';
import { heapInUse, heapOf } from './heap.ts';
import { printed } from './printed.ts';

const lot = 10_000;
/** What may be held besides the table at the end more than after the first lot; the ids that were promised are 2 MB of it. */
const mostGrowth = 16e6;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

type Reading = {
  readonly acknowledged: number;
  readonly items: number;
  readonly heap: number;
  readonly ofTable: number;
  readonly seconds: number;
};

/** Runs the burst and prints what happened. @returns the exit code */
export const memoryBurst = async (order: { readonly seed: number; readonly submissions: number }): Promise<number> => {
  const began = performance.now();
  const readings: Reading[] = [];
  const tell = (acknowledged: number, table: MemoryTable): void => {
    const seconds = (performance.now() - began) / 1000;
    readings.push({ acknowledged, items: table.size(), heap: heapInUse(), ofTable: heapOf(table), seconds });
  };
  const result = await burst({ ...order, every: { submissions: Math.min(lot, order.submissions), tell } });
  const seconds = (performance.now() - began) / 1000;

  console.log(`\nTrouble of this seed, as probabilities for each call`);
  console.log(printed([['kind', 'probability'], ...Object.entries(result.trouble).map(([kind, one]) => [kind, one.toFixed(4)])]));

  const beside = readings.map(({ heap, ofTable }) => heap - ofTable);
  console.log('\nMemory');
  const head = ['acknowledged', 'items in the table', 'heap MB', 'besides the table MB', 'seconds'];
  const rows = readings.map((one, index) => [
    one.acknowledged,
    one.items,
    Number(megabytes(one.heap)),
    Number(megabytes(beside[index] ?? 0)),
    Number(one.seconds.toFixed(0)),
  ]);
  console.log(printed([head, ...rows]));
  const growth = (beside.at(-1) ?? 0) - (beside[0] ?? 0);

  const dead = [...result.deadLetters].map(([why, count]) => `${count} ${why}`).join(', ');
  console.log(`\n${result.acknowledged} acknowledged, ${result.repeats} of them again, ${result.refusedForgeries} forged and refused`);
  console.log(`${result.kills} invocations killed; dead letters: ${dead === '' ? 'none' : dead}`);
  console.log(`${result.erasures} leads erased, ${result.finishedAtNight} of them only by the nightly run`);
  console.log(`${result.leads} leads, ${result.merged} more were merged into them`);
  const pages = [...result.reconciliations].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const columns = ['received', 'created', 'attached', 'quarantined', 'rejected'] as const;
  console.log(
    `\n${printed([['source and day', ...columns], ...pages.map(([page, tally]) => [page, ...columns.map((one) => tally[one])])])}`,
  );

  const faults = [...result.faults, ...(growth > mostGrowth ? [`memory grew by ${megabytes(growth)} MB`] : [])];
  for (const fault of faults.slice(0, 20)) console.log(`BROKEN ${fault}`);
  console.log(
    faults.length === 0
      ? `\nNothing acknowledged is missing, nothing is duplicated, every erasure is done, the reconciliation balances, memory stays flat. ${seconds.toFixed(0)} s`
      : `\n${faults.length} faults; run again with --seed ${order.seed} --submissions ${order.submissions}`,
  );
  return faults.length === 0 ? 0 : 1;
};
