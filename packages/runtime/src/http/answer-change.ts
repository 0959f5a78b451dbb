import type { Claim } from '@meilenstein/kernel';
import { versionConflict } from './expected-version.ts';

/** What a store answers to a change; `taken` only where the decision makes claims. */
type Result<Changed, R> = { readonly changed: Changed } | { readonly refused: R } | { readonly stale: number } | { readonly taken: Claim };

/**
 * The answer of a route that changes something: what `answer` makes of the change, the refusal of the rule, or `version-conflict`.
 * A claim that another aggregate holds is a conflict as well: a route that has a better word for it asks for it before this.
 */
export const answerChange = <Changed, R, Answer>(result: Result<Changed, R>, answer: (changed: Changed) => Answer) => {
  if ('changed' in result) return answer(result.changed);
  return 'refused' in result ? { refused: result.refused } : versionConflict;
};
