import { currency, day, fiscalCalendar, instant, opportunityId, planId, repId, teamId, timeZone } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, earlierVersion, type EnvelopeOf, type FactOf } from '../define-event.ts';
import { eventMoney, node } from '../fragments.ts';
import { viewDeleted, viewSaved } from './view-events.ts';

const owner = 'quota';

export const repRole = z.enum(['rep', 'manager']);
export const measure = z.enum(['revenue']);

export const repJoined = defineEvent({
  name: 'RepJoined',
  owner,
  version: 1,
  meaning: 'An employee sells from a day on. The name stays in quota; other services know the code.',
  data: z.object({
    repId,
    /** the code that the company uses instead of the name */
    repCode: z.string().min(1).max(20),
    role: repRole,
    teamId,
    /** the subject of the person's token; opaque */
    loginSubject: z.string().min(1).max(200),
    effectiveFrom: day,
  }),
  confidential: z.object({ name: z.string().min(1).max(120) }),
});

export const repAmended = defineEvent({
  name: 'RepAmended',
  owner,
  version: 1,
  meaning: 'Code, role or login of an employee changed.',
  data: z.object({ repId, repCode: z.string().min(1).max(20), role: repRole, loginSubject: z.string().min(1).max(200) }),
  confidential: z.object({ name: z.string().min(1).max(120) }),
});

export const repMoved = defineEvent({
  name: 'RepMoved',
  owner,
  version: 1,
  meaning: 'An employee belongs to another team from a day on.',
  data: z.object({ repId, teamId, effectiveFrom: day }),
});

export const membership = z.object({
  teamId,
  from: day,
  /** the first day on which it no longer lasts; null while it does */
  until: day.nullable(),
});

export const repMembershipsCorrected = defineEvent({
  name: 'RepMembershipsCorrected',
  owner,
  version: 1,
  meaning: 'A move, an entry or an exit of the past was told late: all memberships of the employee as they are known now.',
  data: z.object({
    repId,
    /** in order; they replace all that were known before */
    memberships: z.array(membership).min(1).max(50),
    /** the first day on which the employee belongs to another team than was known */
    effectiveFrom: day,
  }),
});

export const repLeft = defineEvent({
  name: 'RepLeft',
  owner,
  version: 1,
  meaning: 'An employee no longer sells from a day on.',
  data: z.object({ repId, effectiveFrom: day }),
});

export const teamChanged = defineEvent({
  name: 'TeamChanged',
  owner,
  version: 1,
  meaning: 'A team has this name and these managers from a day on.',
  data: z.object({
    teamId,
    name: z.string().min(1).max(80),
    /** null: directly below the company; this version has one level of teams */
    parentTeamId: teamId.nullable(),
    managers: z.array(repId).max(20),
    effectiveFrom: day,
  }),
});

export const teamDissolved = defineEvent({
  name: 'TeamDissolved',
  owner,
  version: 1,
  meaning: 'A team is dissolved; it has no members any more.',
  data: z.object({ teamId, effectiveFrom: day }),
});

export const settingsChanged = defineEvent({
  name: 'SettingsChanged',
  owner,
  version: 1,
  meaning: 'The company’s time zone and reporting currency, and when a month is closed.',
  data: z.object({
    zone: timeZone,
    reportingCurrency: currency,
    /** the days after its end during which a fiscal month takes late facts */
    closesAfterDays: z.int().min(0).max(400).optional(),
  }),
});

export const calendarPublished = defineEvent({
  name: 'CalendarPublished',
  owner,
  version: 1,
  meaning: 'The fiscal calendar from a day on; earlier periods stay as they were.',
  data: z.object({ calendar: fiscalCalendar, effectiveFrom: day }),
});

export const calendarWithdrawn = defineEvent({
  name: 'CalendarWithdrawn',
  owner,
  version: 1,
  meaning: 'A published fiscal calendar is withdrawn before it begins.',
  data: z.object({ effectiveFrom: day }),
});

export const holidaysPublished = defineEvent({
  name: 'HolidaysPublished',
  owner,
  version: 1,
  meaning: 'The holidays of a region.',
  data: z.object({ region: z.string().min(1).max(40), days: z.array(day).max(1000) }),
});

export const holidaysWithdrawn = defineEvent({
  name: 'HolidaysWithdrawn',
  owner,
  version: 1,
  meaning: 'The holidays of a region are withdrawn.',
  data: z.object({ region: z.string().min(1).max(40) }),
});

export const exchangeRate = z.object({
  id: z.string().min(1).max(60),
  currency,
  /** the first day of the rate; it is valid until the next rate of the same currency */
  from: day,
  /** reporting units for one unit of `currency`, a decimal */
  value: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'is a decimal such as 1.0734'),
});
export type ExchangeRate = z.infer<typeof exchangeRate>;

const mostRates = 2000;

/** Said each change with the complete list, which grew with every day. */
const completeRates = earlierVersion({
  version: 1,
  data: z.object({ reportingCurrency: currency, rates: z.array(exchangeRate).max(mostRates) }),
  lift: ({ data }) => ({ data: { ...data, isComplete: true } }),
});

export const ratesPublished = defineEvent({
  name: 'RatesPublished',
  owner,
  version: 2,
  meaning: 'Exchange rates into the reporting currency that are new, changed or withdrawn. Events that already have a rate keep it.',
  data: z.object({
    reportingCurrency: currency,
    rates: z.array(exchangeRate).max(mostRates),
    /** rates that no longer hold */
    withdrawn: z
      .array(exchangeRate.pick({ currency: true, from: true }))
      .max(mostRates)
      .optional(),
    /** `rates` is the complete list, and no rate that was published before holds any longer */
    isComplete: z.literal(true).optional(),
  }),
  earlier: [completeRates],
});

/** null: equal weights */
const weights = z.array(z.number().nonnegative()).nullable();

/** The share of a target that counts in the first, second, … month after joining; the whole target from then on. */
export const ramp = z.array(z.number().min(0).max(1)).min(1).max(24);

export const planPublished = defineEvent({
  name: 'PlanPublished',
  owner,
  version: 1,
  meaning: 'A quota plan is published, or a new version of it.',
  data: z.object({
    planId,
    version: z.int().positive(),
    measure,
    fiscalYear: z.int(),
    currency,
    effectiveFrom: day,
    quarterWeights: weights,
    monthWeights: weights,
    ramp: ramp.optional(),
  }),
});

export const targetsSet = defineEvent({
  name: 'TargetsSet',
  owner,
  version: 1,
  meaning: 'The monthly targets of one node for one fiscal year, in minor units; they sum to the annual target.',
  data: z.object({
    planId,
    planVersion: z.int().positive(),
    node,
    measure,
    fiscalYear: z.int(),
    currency,
    /** the first day of this version; earlier months keep the previous one */
    effectiveFrom: day,
    /** twelve, in fiscal order */
    months: z.array(z.int()).length(12),
    /** the plan leaves the node out from here on: the node has no target, which differs from a target of 0 */
    withdrawn: z.literal(true).optional(),
    /** of a rep: how a target grows after joining */
    ramp: ramp.optional(),
  }),
});

const credit = z.object({
  creditId: z.string().min(1).max(160),
  orderId: z.string().min(1).max(120),
  opportunityId,
  repId,
  teamId,
  kind: z.enum(['revenue']),
  /** percent of the order, a decimal; revenue shares of an order sum to 100 */
  share: z.string(),
  /** in the reporting currency */
  amount: eventMoney,
  orderedAt: instant,
  /** decides the period, in the company's zone: the day of the order, or of the cancellation that reverses the credit */
  creditDay: day,
  /** the company's day on which the order, or its cancellation, became known; absent in events of older producers */
  recordedDay: day.optional(),
  /** the credit follows a correction or a partial cancellation of the order: the sequence of that event of the opportunity */
  correctedBy: z.int().positive().optional(),
});

export const creditGranted = defineEvent({
  name: 'CreditGranted',
  owner,
  version: 1,
  meaning: 'A share of a won order counts for a person.',
  data: credit,
});

export const creditReversed = defineEvent({
  name: 'CreditReversed',
  owner,
  version: 1,
  meaning: 'The credit of an order, or a part of it, is reversed, because it was cancelled or corrected; subtract the positive `amount`.',
  data: credit,
});

export const quotaEvents = [
  repJoined,
  repAmended,
  repMoved,
  repMembershipsCorrected,
  repLeft,
  teamChanged,
  teamDissolved,
  settingsChanged,
  calendarPublished,
  calendarWithdrawn,
  holidaysPublished,
  holidaysWithdrawn,
  ratesPublished,
  planPublished,
  targetsSet,
  creditGranted,
  creditReversed,
  viewSaved,
  viewDeleted,
] as const;

/** The events from which every service keeps its own copy of the company. */
export const companyEvents = [
  repJoined,
  repAmended,
  repMoved,
  repMembershipsCorrected,
  repLeft,
  teamChanged,
  teamDissolved,
  settingsChanged,
  calendarPublished,
  calendarWithdrawn,
  holidaysPublished,
  holidaysWithdrawn,
  ratesPublished,
] as const;
export type CompanyEnvelope = EnvelopeOf<(typeof companyEvents)[number]>;

export type RepFact = FactOf<typeof repJoined | typeof repAmended | typeof repMoved | typeof repMembershipsCorrected | typeof repLeft>;
export type TeamFact = FactOf<typeof teamChanged | typeof teamDissolved>;
export type SettingsFact = FactOf<
  | typeof settingsChanged
  | typeof calendarPublished
  | typeof calendarWithdrawn
  | typeof holidaysPublished
  | typeof holidaysWithdrawn
  | typeof ratesPublished
>;
export type PlanFact = FactOf<typeof planPublished>;
export type TargetsFact = FactOf<typeof targetsSet>;
export type CreditFact = FactOf<typeof creditGranted | typeof creditReversed>;
