// What `npm run demo` runs: the demo company, checked also against the raw history in the tables.
import { demo, type FurtherChecks } from '@meilenstein/demo/demo';
import { check } from '@meilenstein/demo/run/invariants';
import { funnelSums } from './funnel.ts';
import { historyOf, itemsOf, refoldDifferences } from './refold.ts';

/** Reports against the leads' own history, views and states against a refold of theirs. */
const againstHistory: FurtherChecks = async (cloud, { weekly, soFar }) => {
  const differences = await refoldDifferences(cloud);
  const ofLeads = historyOf(await itemsOf(cloud, 'leads')).filter((event) => event.name.startsWith('Lead'));
  return [
    ...[weekly, soFar].flatMap((run) => funnelSums(cloud, run, ofLeads)).map((sum) => check(sum.promise, sum.expected, sum.found)),
    ...differences.map(({ view, compared, different }) => check(`${view}: ${compared} items equal their refold`, [], different)),
  ];
};

await demo(againstHistory);
