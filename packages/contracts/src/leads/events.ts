import { followUpSequencesPublished } from './follow-up/follow-up-events.ts';
import { leadImportStarted } from './import-events.ts';
import { leadEvents } from './lead/lead-events.ts';
import { leadRuleEvents } from './qualification/rule-events.ts';
import { volumeCommitted } from './service-levels/volume-commitments.ts';
import { routingEvents } from './assignment/routing-events.ts';
import { sourceEvents } from './capture/source-events.ts';
import { submissionEvents } from './capture/submission-events.ts';

/** All that leads says. */
export const leadsEvents = [
  ...sourceEvents,
  ...submissionEvents,
  ...leadEvents,
  ...leadRuleEvents,
  ...routingEvents,
  volumeCommitted,
  followUpSequencesPublished,
  leadImportStarted,
] as const;
