import type { Envelope, Fact } from '@meilenstein/contracts';
import type { AggregateDefinition } from './fold-decision.ts';

type States = { readonly before: unknown; readonly after: unknown };

/** A kind of aggregate as the audit needs it: its events can be folded by who does not know its types. */
export type AuditedAggregate = {
  readonly prefix: string;
  /** gives the state before and after each event of one aggregate in turn, from the first one on */
  readonly follow: () => (event: Envelope) => States;
};

type Foldable<State, F extends Fact> = Pick<AggregateDefinition<State, F>, 'prefix' | 'initial' | 'fact' | 'evolve' | 'audited'>;

/** Confidential parts are never read here, so no state that is shown can name a person, erased or not. */
export const auditedAggregate = <State, F extends Fact>(definition: Foldable<State, F>): AuditedAggregate => {
  const { prefix, initial, fact, evolve, audited = (state: State): unknown => state } = definition;
  return {
    prefix,
    follow: () => {
      let state = initial;
      return ({ confidential: _, ...event }) => {
        const before = state;
        state = evolve(state, fact(event));
        return { before: audited(before), after: audited(state) };
      };
    },
  };
};
