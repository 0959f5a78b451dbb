import type { Instant } from '@meilenstein/kernel';
import type { DecisionTime } from '../../scoring/domain/decision-times.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import type { CriteriaInForce } from './criteria-versions.ts';
import { newlyReached, qualify, type Qualification } from './qualification.ts';

type StageTimes = { readonly mql: Instant | null; readonly sql: Instant | null };

export type RehearsedQualification = {
  readonly before: StageTimes;
  readonly after: StageTimes;
  /** the result of the candidate when it reaches a stage, otherwise at the last decision */
  readonly decisive: Qualification;
};

const timesOf = ({ reached }: Pick<CapturedLead, 'reached'>): StageTimes => ({
  mql: reached.mql?.at ?? null,
  sql: reached.sql?.at ?? null,
});

/** The stages that a lead would have reached by other criteria, decided again at every decision time; undefined if there was none. */
export const rehearseQualification = (
  times: readonly DecisionTime[],
  { version, criteria }: CriteriaInForce,
): RehearsedQualification | undefined => {
  const last = times.at(-1);
  if (last === undefined || criteria === null) return undefined;
  let reached: CapturedLead['reached'] = {};
  let round = '';
  let decisive: Qualification | undefined;
  for (const { at, lead, facts } of times) {
    const before = lead.reachedBefore.join();
    // It was disqualified and requalified: its stages begin again.
    if (before !== round) [reached, round] = [{}, before];
    const result = qualify(criteria, facts, at);
    for (const stage of newlyReached(reached, result.stage)) {
      reached = { ...reached, [stage]: { at, version } };
      decisive = result;
    }
  }
  return { before: timesOf(last.lead), after: timesOf({ reached }), decisive: decisive ?? qualify(criteria, last.facts, last.at) };
};

export const differs = ({ before, after }: Pick<RehearsedQualification, 'before' | 'after'>): boolean =>
  (before.mql === null) !== (after.mql === null) || (before.sql === null) !== (after.sql === null);
