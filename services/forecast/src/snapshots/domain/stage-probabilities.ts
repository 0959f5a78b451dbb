import { decided, refused, utcDayOf, type Day, type Decision, type ProcessId, type Refusal } from '@meilenstein/kernel';
import { stageProbabilitiesSet, type Happened, type StageProbabilitiesFact } from '@meilenstein/contracts';
import type { Node } from '@meilenstein/forecasting/input/node';
import type { TeamBelow } from '../../forecasts/domain/node-names.ts';
import { newestVersions, type ProcessVersion } from '../../pipeline-view/domain/process-shape.ts';
import { summedByNode, type OpenOpportunity } from '../../pipeline-view/domain/open-opportunities.ts';

type Data = StageProbabilitiesFact['data'];

/** The probabilities in force since a day. */
type Version = { readonly since: Day; readonly probabilities: Data['probabilities'] };

/** The fixed probabilities of one process as last set, and all versions in order of setting; null: none were set. */
export type StageProbabilities = (Data & { readonly versions?: readonly Version[] | undefined }) | null;

export const evolveStageProbabilities = (before: StageProbabilities, fact: Happened<StageProbabilitiesFact>): StageProbabilities => {
  const since = fact.data.since ?? utcDayOf(fact.recordedAt);
  return { ...fact.data, versions: [...(before?.versions ?? []), { since, probabilities: fact.data.probabilities }] };
};

/** The probabilities in force on a day. Those without versions were stored by an older build and count for every day. */
export const inForceOn = (configured: readonly NonNullable<StageProbabilities>[], on: Day): readonly Data[] =>
  configured.flatMap(({ processId, probabilities, versions }) => {
    const held = versions === undefined ? probabilities : versions.findLast(({ since }) => since <= on)?.probabilities;
    return held === undefined ? [] : [{ processId, probabilities: held }];
  });

type Code = 'milestone-not-found' | 'duplicate-milestone' | 'process-not-found';
type Wanted = { readonly processId: ProcessId; readonly probabilities: Data['probabilities']; readonly since?: Day | undefined };

/** Sets the probabilities of a known process, each of its milestones at most once. */
export const setStageProbabilities = (
  before: StageProbabilities,
  { processId, probabilities, since }: Wanted,
  processes: readonly ProcessVersion[],
): Decision<StageProbabilitiesFact, Refusal<Code>> => {
  const process = newestVersions(processes).find((one) => one.processId === processId);
  if (process === undefined)
    return refused('process-not-found', 'processId: there is no such process; publish it first', { field: 'processId', value: processId });
  const stranger = probabilities.find(({ milestoneId }) => milestoneId !== null && !process.milestoneIds.includes(milestoneId));
  if (stranger !== undefined)
    return refused('milestone-not-found', `milestoneId: the milestones of this process are ${process.milestoneIds.join(', ')}`, {
      field: 'probabilities.milestoneId',
      value: String(stranger.milestoneId),
    });
  if (new Set(probabilities.map((one) => one.milestoneId)).size < probabilities.length)
    return refused('duplicate-milestone', 'probabilities: a milestone appears more than once', { field: 'probabilities' });
  const isSame =
    JSON.stringify(before?.probabilities) === JSON.stringify(probabilities) && (since === undefined || since === before?.since);
  return isSame ? decided() : decided(stageProbabilitiesSet.of({ processId, probabilities, ...(since === undefined ? {} : { since }) }));
};

/**
 * Σ amount × probability of the milestone, for every node: what most systems call a forecast. Opportunities without an amount, and those at a
 * milestone without a probability, count as 0. Undefined if no probabilities were set.
 */
export const stageWeightedOf = (
  open: readonly OpenOpportunity[],
  configured: readonly Data[],
  teams: readonly TeamBelow[],
): ((node: Node) => number) | undefined => {
  if (configured.length === 0) return undefined;
  const percentOf = new Map<string, number>(
    configured.flatMap(({ processId, probabilities }) =>
      probabilities.map(({ milestoneId, percent }) => [`${processId}#${milestoneId ?? ''}`, percent] as const),
    ),
  );
  return summedByNode(
    open,
    teams,
    ({ cell, milestone, known }) => ((known ?? 0) * (percentOf.get(`${cell.processId}#${milestone}`) ?? 0)) / 100,
  );
};
