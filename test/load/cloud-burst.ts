import { bootSmallCompany } from '../journey/small-company.ts';
import { cloudBurst } from '../faults/cloud-burst.ts';

/** Runs the burst against the cloud on this machine and prints what happened. @returns the exit code */
export const burstOnCloud = async (order: { readonly seed: number; readonly submissions: number }): Promise<number> => {
  const began = performance.now();
  const { cloud, end } = await bootSmallCompany(undefined, 'processes');
  try {
    console.log(`the cloud is up after ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const { faults, acknowledged, again, kills, redriven, leads, merged, erasures, finishedAtNight } = await cloudBurst(cloud, order);
    console.log(`${acknowledged} acknowledged after ${again} failed answers; ${kills} times a function's processes were killed`);
    console.log(`${redriven} dead letters redriven; ${leads} leads, ${merged} more were merged into them`);
    console.log(`${erasures} leads erased, ${finishedAtNight} of them only by the nightly run`);
    for (const fault of faults.slice(0, 20)) console.log(`BROKEN ${fault}`);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      faults.length === 0
        ? `\nNothing acknowledged is missing, nothing is duplicated, every erasure is done, the reconciliation balances. ${seconds} s`
        : `\n${faults.length} faults; run again with --cloud --seed ${order.seed} --submissions ${order.submissions}`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await end();
  }
};
