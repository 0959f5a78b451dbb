import { instant, leadId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { answerChannel, escalationStep, serviceLevelHolidays, serviceLevels, serviceLevelTerms } from './service-levels.ts';

const owner = 'leads';

/** What consumers need to know of a lead, so that they need not ask for it. */
const about = z.object({ leadId, sourceId, repId: repId.nullable(), teamId: teamId.nullable() });

export const serviceLevelsPublished = defineEvent({
  name: 'ServiceLevelsPublished',
  owner,
  version: 1,
  meaning: 'A new version of the service levels was published. It applies to leads whose service level starts from now on.',
  data: z.object({ version: z.int().positive(), ...serviceLevels.shape }),
});

export const leadServiceLevelStarted = defineEvent({
  name: 'LeadServiceLevelStarted',
  owner,
  version: 1,
  meaning: 'A service level started for a lead: sales must answer by `dueAt`, under these terms.',
  data: about.extend({
    /** country code; null if unknown */
    market: z.string().max(60).nullable(),
    levelsVersion: z.int().positive(),
    terms: serviceLevelTerms,
    holidays: serviceLevelHolidays,
    /** null if the hours hold no working time within two years */
    dueAt: instant.nullable(),
  }),
});

export const leadAnswered = defineEvent({
  name: 'LeadAnswered',
  owner,
  version: 1,
  meaning: 'A rep got in touch with the person. If that happens several times, the earliest answer counts.',
  data: about.extend({
    channel: answerChannel,
    /** null if no service level applied */
    levelId: z.string().nullable(),
    dueAt: instant.nullable(),
    /** working time since the start, without pauses */
    waitedMillis: z.int().nonnegative().nullable(),
  }),
});

export const leadServiceLevelPaused = defineEvent({
  name: 'LeadServiceLevelPaused',
  owner,
  version: 1,
  meaning: 'Sales waits for the customer, so the service level is paused. `dueAt` is null unless the deadline had passed before.',
  data: about.extend({ dueAt: instant.nullable() }),
});

export const leadReplied = defineEvent({
  name: 'LeadReplied',
  owner,
  version: 1,
  meaning: 'The customer replied or wrote again, so sales must answer: the service level continues with another deadline.',
  data: about.extend({ dueAt: instant.nullable() }),
});

export const leadServiceLevelMissed = defineEvent({
  name: 'LeadServiceLevelMissed',
  owner,
  version: 1,
  meaning: 'The response deadline passed without an answer. The event occurred at the deadline, even if that was noticed later.',
  data: about.extend({ levelId: z.string(), dueAt: instant }),
});

export const leadEscalated = defineEvent({
  name: 'LeadEscalated',
  owner,
  version: 1,
  meaning: 'A step of the escalation was due: the owner or the managers are told, or the lead goes to another rep.',
  data: about.extend({
    levelId: z.string(),
    /** from 1 */
    step: z.int().positive(),
    ...escalationStep.shape,
  }),
});

export const leadServiceLevelEvents = [
  leadServiceLevelStarted,
  leadAnswered,
  leadServiceLevelPaused,
  leadReplied,
  leadServiceLevelMissed,
  leadEscalated,
] as const;
export type ServiceLevelsFact = FactOf<typeof serviceLevelsPublished>;
