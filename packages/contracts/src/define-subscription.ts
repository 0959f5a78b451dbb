import type { AnyEvent, EnvelopeOf, ServiceName } from './define-event.ts';

/**
 * A subscription as one value. The rule on the bus, the alarms, the type of the handler, the harness of the tests and the documentation
 * are derived from it, so that the events of a consumer are listed once.
 */
export type Subscription<Definition extends AnyEvent = AnyEvent, Name extends string = string> = {
  readonly service: ServiceName;
  /** the function that receives the events: the name of a file in the service's `functions/` */
  readonly name: Name;
  readonly receives: readonly Definition[];
  /** what a person loses while it fails: the sentence of its alarms */
  readonly impact: string;
};

/** What a subscription's function receives. */
export type ReceivedBy<Of extends Subscription> = EnvelopeOf<Of['receives'][number]>;

/** Defines a subscription. */
export const defineSubscription = <const Definition extends AnyEvent, const Name extends string>(
  subscription: Subscription<Definition, Name>,
): Subscription<Definition, Name> => subscription;
