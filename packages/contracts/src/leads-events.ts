import type { EnvelopeOf } from './define-event.ts';
import { leadEvents } from './lead-events.ts';
import { leadRuleEvents } from './lead-rule-events.ts';
import { marketingPromised } from './marketing-promises.ts';
import { routingEvents } from './routing-events.ts';
import { sourceEvents } from './source-events.ts';
import { submissionEvents } from './submission-events.ts';

/** All that leads says. */
export const leadsEvents = [
  ...sourceEvents,
  ...submissionEvents,
  ...leadEvents,
  ...leadRuleEvents,
  ...routingEvents,
  marketingPromised,
] as const;
export type LeadsEnvelope = EnvelopeOf<(typeof leadsEvents)[number]>;
