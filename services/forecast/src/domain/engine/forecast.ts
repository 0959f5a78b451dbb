import { outcomeLedger } from '../outcome-ledger.ts';
import type { Asked, Evidence, WhatIf } from './evidence.ts';
import { nodesOver } from './nodes.ts';
import { openStateOn } from './history.ts';
import type { AtMilestone, Forecast } from './result.ts';

// stand-in until the engine is merged
export const forecast = (evidence: Evidence, asked: Asked, whatIf: WhatIf): Forecast => {
  const ledger = outcomeLedger(evidence.cells, asked.teams);
  const open = evidence.open.flatMap((one) => openStateOn(one, asked.today) ?? []).filter((one) => !whatIf.lostOwners.includes(one.place.ownerId));
  const places = [...open.map((one) => one.place), ...evidence.cells.flatMap(({ cell }) => (cell.kind === 'flow' ? [] : [cell.place]))];
  const nodes = nodesOver(places, () => true, asked.teams);
  return {
    today: asked.today,
    nodes: asked.windows.flatMap((window) =>
      nodes.map(({ node, places: mine }) => {
        const booked = ledger.of(node, window.from, window.until).minor;
        const own = open.filter((_, index) => mine.includes(index));
        const existing = [...Map.groupBy(own, (one) => `${one.place.processId} ${one.milestone}`).values()].map(
          (group): AtMilestone => ({
            processId: group[0]?.place.processId ?? '',
            milestone: group[0]?.milestone ?? '',
            opportunities: group.length,
            withoutAmount: group.filter((one) => one.known === null).length,
            expected: group.reduce((sum, one) => sum + Math.round((one.known ?? 100_000) * Math.min(1, 0.25 * whatIf.winRate) * whatIf.amount), 0),
          }),
        );
        const remaining = existing.reduce((sum, one) => sum + one.expected, 0);
        const wins = ledger.of(node, 0, 1e9).wins;
        return {
          node, window, booked, existing, future: 0, mean: booked + remaining, p10: booked + Math.round(remaining * 0.5), p50: booked + remaining, p90: booked + remaining * 2,
          futureWins: 0, newOpportunityWorth: 10_000, factor: 1, track: { mean: remaining, p10: 0, p90: 0, experts: {}, variance: 1, wins: 1 },
          enoughFacts: wins >= 20, basis: { wins, endedWindows: 5 },
        };
      }),
    ),
  };
};
