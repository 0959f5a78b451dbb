import type { EnvelopeOf } from './define-event.ts';
import { followUpPlansPublished } from './follow-up-events.ts';
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
  followUpPlansPublished,
] as const;
export type LeadsEnvelope = EnvelopeOf<(typeof leadsEvents)[number]>;
