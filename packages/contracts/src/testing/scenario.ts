import { isRefused, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import { expect } from 'vitest';
import type { Fact, Happened } from '../define-event.ts';
import { stampFact } from '../readers.ts';

/** Tests of a decider as prose: given facts, when a rule decides, then facts or a refusal. */
export const scenario = <State, F extends Fact>(initial: State, evolve: (state: State, fact: Happened<F>) => State, at: Instant) => ({
  given: (...facts: readonly F[]) => {
    const state = facts.map((fact) => stampFact(fact, at)).reduce(evolve, initial);
    return {
      when: (decide: (state: State) => Decision<F, Refusal<string>>) => {
        const decision = decide(state);
        return {
          then: (...expected: readonly F[]) => {
            expect(decision).toMatchObject({ events: expected });
          },
          thenNothing: () => {
            expect(decision).toEqual({ events: [] });
          },
          thenRefused: (code: string) => {
            expect(isRefused(decision) ? decision.refused.code : decision).toBe(code);
          },
        };
      },
    };
  },
});
