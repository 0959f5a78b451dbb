import { instant, leadId, repId, sourceId, teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { answerChannel, escalationStep, serviceLevelHolidays, serviceLevels, serviceLevelTerms } from './service-levels.ts';

const owner = 'leads';

/** What readers need of a lead, so that nobody has to ask. */
const about = z.object({ leadId, sourceId, repId: repId.nullable(), teamId: teamId.nullable() });

export const serviceLevelsPublished = defineEvent({
  name: 'ServiceLevelsPublished',
  owner,
  version: 1,
  meaning: 'Within what working time sales answers which leads, for clocks that start from now on.',
  data: z.object({ version: z.int().positive(), ...serviceLevels.shape }),
});

export const leadServiceLevelStarted = defineEvent({
  name: 'LeadServiceLevelStarted',
  owner,
  version: 1,
  meaning: 'From now on a lead waits for its answer, under these terms.',
  data: about.extend({
    /** country code; null where nobody knows it */
    market: z.string().max(60).nullable(),
    levelsVersion: z.int().positive(),
    terms: serviceLevelTerms,
    holidays: serviceLevelHolidays,
    /** null where nobody works within two years */
    dueAt: instant.nullable(),
  }),
});

export const leadAnswered = defineEvent({
  name: 'LeadAnswered',
  owner,
  version: 1,
  meaning: 'A rep got in touch with the person; of several times the earliest counts.',
  data: about.extend({
    channel: answerChannel,
    /** null where nothing was promised */
    levelId: z.string().nullable(),
    dueAt: instant.nullable(),
    /** working time since the clock started, without the time that we waited for the customer */
    waitedMillis: z.int().nonnegative().nullable(),
  }),
});

export const leadServiceLevelPaused = defineEvent({
  name: 'LeadServiceLevelPaused',
  owner,
  version: 1,
  meaning:
    'It is the customer’s turn: the clock stands still. Null `dueAt`: nothing is due meanwhile; else the deadline had passed before.',
  data: about.extend({ dueAt: instant.nullable() }),
});

export const leadReplied = defineEvent({
  name: 'LeadReplied',
  owner,
  version: 1,
  meaning: 'The customer answered or wrote again: it is our turn, and the clock runs on towards another deadline.',
  data: about.extend({ dueAt: instant.nullable() }),
});

export const leadServiceLevelMissed = defineEvent({
  name: 'LeadServiceLevelMissed',
  owner,
  version: 1,
  meaning: 'The deadline passed and nobody had answered. It happened at the deadline, whenever it was noticed.',
  data: about.extend({ levelId: z.string(), dueAt: instant }),
});

export const leadEscalated = defineEvent({
  name: 'LeadEscalated',
  owner,
  version: 1,
  meaning: 'A step of the escalation is due: somebody is told, or the lead goes to somebody else.',
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
