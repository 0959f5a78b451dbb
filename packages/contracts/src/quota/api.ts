import { currency, day, fiscalCalendar, moneyText, planId, repId, teamId, timeZone } from '@meilenstein/kernel';
import * as z from 'zod';
import { auditRoute } from '../audit/audit-route.ts';
import { defineApi } from '../define-api.ts';
import { node, plainName } from '../fragments.ts';
import { exchangeRate, measure, ramp, repRole, settingsChanged } from './events.ts';
import { peopleRoutes } from './people-routes.ts';
import { viewRoutes } from './view-routes.ts';

/** By then every service has received what `PUT /settings` answered, as long as the bus delivers: about two seconds, with room. */
export const settingsReachAllMillis = 8000;

/** Room for 5,000 reps with the longest fields, or with ids of usual length and ten memberships each. */
const largestOrganisation = 4 * 1024 * 1024;
/** Room for 5,500 targets with the longest keys and amounts, even in indented JSON. */
const largestPlan = 2 * 1024 * 1024;

const organisation = z.strictObject({
  teams: z
    .array(
      z.strictObject({
        teamId,
        name: plainName.max(80),
        managers: z.array(repId).max(20),
        effectiveFrom: day,
      }),
    )
    .max(500),
  reps: z
    .array(
      z.strictObject({
        repId,
        repCode: plainName.max(20),
        name: plainName.max(120),
        role: repRole,
        loginSubject: z.string().min(1).max(200),
        /** in order; each one ends the previous one */
        memberships: z
          .array(z.strictObject({ teamId, effectiveFrom: day }))
          .min(1)
          .max(50),
        /** the first day on which the person no longer sells; null while employed */
        leavesOn: day.nullable(),
      }),
    )
    .max(5000),
});
export type Organisation = z.infer<typeof organisation>;

/** Codes of ISO 4217 by which nobody pays: metals, units of account, tests, and no currency at all. */
const notPaidIn = ['XAG', 'XAU', 'XBA', 'XBB', 'XBC', 'XBD', 'XDR', 'XPD', 'XPT', 'XSU', 'XTS', 'XUA', 'XXX'];

const paidRate = exchangeRate.refine((rate) => !notPaidIn.includes(rate.currency), {
  path: ['currency'],
  error: 'is no currency in which anybody pays',
});

export const settings = z.strictObject({
  zone: timeZone,
  reportingCurrency: currency,
  calendar: fiscalCalendar,
  calendarEffectiveFrom: day,
  holidays: z.record(z.string().min(1).max(40), z.array(day).max(1000)),
  rates: z.array(paidRate).max(2000),
  closesAfterDays: settingsChanged.data.shape.closesAfterDays.describe(
    'A fiscal month takes late facts, such as a move that is told late, until so many days after its end; 10 if absent.',
  ),
});
export type Settings = z.infer<typeof settings>;

const target = moneyText.refine(({ amount }) => !amount.startsWith('-'), { path: ['amount'], error: 'a target is not negative' });

/** a target may be 0; leave out a node to give it no target */
const targets = z.array(z.strictObject({ node, annual: target }));

const plan = z.strictObject({
  measure,
  fiscalYear: z.int().min(2000).max(2200),
  currency,
  effectiveFrom: day,
  /** weights of the four quarters; equal where absent */
  quarterWeights: z.array(z.number().nonnegative()).length(4).optional(),
  /** weights of the three months of a quarter; equal where absent */
  monthWeights: z.array(z.number().nonnegative()).length(3).optional(),
  ramp: ramp
    .optional()
    .describe(
      'How the target of a rep grows: the share that counts in the first, second, … month after joining, such as [0.25, 0.5, 0.75]. From then on, and where absent, the whole target counts.',
    ),
  targets: targets.min(1).max(5500),
});
export type Plan = z.infer<typeof plan>;

const versionRule = 'is the number of a version, such as 2';

const planView = plan.extend({
  planId,
  targets,
  version: z.int().positive(),
  /** every version, the oldest first; GET with `version` returns it */
  versions: z.array(z.object({ version: z.int().positive(), effectiveFrom: day })),
  /** each annual target by quarters and months, each month by the version of the plan that is in force then, as GET /attainment counts it */
  cascade: z.array(
    z.object({
      node,
      annual: moneyText,
      /** the sum of the months; it differs from `annual` after a new version within the year, and for a rep who was not a member all year */
      inForce: moneyText,
      quarters: z.array(z.object({ label: z.string(), target: moneyText })),
      months: z.array(z.object({ label: z.string(), target: moneyText })),
    }),
  ),
});

export const attainmentView = z.object({
  node,
  period: z.object({ kind: z.enum(['month', 'quarter', 'year']), label: z.string(), from: day, until: day }),
  /** the sum of revenue credits by the day of the order, which attainment and gap compare with the target */
  achieved: moneyText,
  /** the same credits by the day on which they became known, as reports and forecasts count them */
  recorded: z.object({
    amount: moneyText,
    /** `amount` − `achieved` */
    difference: moneyText,
    /** what the difference consists of */
    meaning: z.string(),
  }),
  /** null where no plan covers the node and the period */
  target: moneyText.nullable(),
  gap: moneyText.nullable(),
  /** achieved ÷ target; null where the target is missing or 0 */
  attainment: z.object({ numerator: z.int(), denominator: z.int(), ratio: z.number() }).nullable(),
  /** the sum of the targets of the nodes below, month by month; shown beside the node's own target, never instead of it */
  rolledUp: moneyText.nullable(),
  /** how the period goes; null where it does not run today, and without a target above 0 */
  pace: z
    .object({
      /** Monday to Friday without the days that are a holiday in all regions; today counts as elapsed and as left */
      workingDays: z.object({ total: z.int(), elapsed: z.int(), left: z.int() }),
      /** what should be achieved by the end of today: the target of each month, spread over its working days */
      expected: moneyText,
      /** `achieved` − `expected` */
      difference: moneyText,
      /** what each working day that is left has to bring; null if none is left */
      requiredPerDay: moneyText.nullable(),
      /** what the period brings if it goes on like this; null before its fifth working day */
      projected: moneyText.nullable(),
    })
    .nullable(),
});

const staff = ['operations', 'admin'] as const;
const everyoneInSales = ['rep', 'manager', 'operations', 'finance', 'admin'] as const;

const askedAttainment = {
  /** `company`, `team:<id>` or `rep:<id>` */
  node: z
    .string()
    .regex(
      /^(company|team:[A-Za-z0-9_-]{1,80}|rep:[A-Za-z0-9_-]{1,80})$/,
      'is `company`, `team:` with an id or `rep:` with an id, such as team:north',
    ),
  /** a label such as 2026-11 (FY2026-P11 where months consist of weeks), FY2026-Q4 or FY2026 */
  period: z.string().min(4).max(20),
};
const attainmentRefusals = { 'node-not-found': 404, 'period-not-found': 422, 'settings-missing': 422 } as const;

export const quotaApi = defineApi({
  service: 'quota',
  routes: {
    'GET /audit/quota': auditRoute('quota'),
    ...peopleRoutes,
    ...viewRoutes,
    'GET /organisation': {
      summary: 'Returns teams, and reps with their memberships. Carries an ETag.',
      roles: ['manager', ...staff],
      answers: { 200: organisation },
      refusals: {},
    },
    'PUT /organisation': {
      summary: 'Replaces the organisation. Only teams and reps that differ are changed; reps who are left out leave today.',
      roles: staff,
      body: organisation,
      largestBody: largestOrganisation,
      answers: { 200: organisation },
      refusals: {
        'organisation-empty': 422,
        'team-not-found': 422,
        'membership-before-team': 422,
        'manager-not-found': 422,
        'duplicate-entry': 422,
        'memberships-out-of-order': 422,
        'past-membership-immutable': 422,
        'version-conflict': 412,
      },
      ifMatch: 'required',
    },
    'GET /settings': {
      summary:
        'Returns time zone, fiscal calendar, holidays, reporting currency and exchange rates, these by currency and day. Carries an ETag.',
      roles: everyoneInSales,
      answers: { 200: settings },
      refusals: { 'settings-not-found': 404 },
    },
    'PUT /settings': {
      summary:
        'Replaces the settings, by one change for each part that differs. Future calendars and regions that are left out are withdrawn. Once there are targets, a calendar in force stays, and another one may only follow from a later date. Other services use the new settings from the time in the header `usable-from`, eight seconds later. An amount in a currency that had no rate before is accepted at once.',
      roles: staff,
      body: settings,
      answers: { 200: settings },
      refusals: {
        'reporting-currency-immutable': 422,
        'calendar-in-force': 422,
        'rate-of-reporting-currency': 422,
        'rate-out-of-range': 422,
        'duplicate-entry': 422,
        'version-conflict': 412,
      },
      ifMatch: 'required',
    },
    'GET /plans': {
      summary: 'Lists the plans in their newest version, without targets, the newest year first.',
      roles: everyoneInSales,
      answers: { 200: z.object({ items: z.array(plan.omit({ targets: true }).extend({ planId, version: z.int().positive() })) }) },
      refusals: {},
    },
    'GET /plans/{planId}': {
      summary: 'Returns the newest version of a plan, or `version`, with its cascade. Carries an ETag.',
      roles: everyoneInSales,
      path: z.object({ planId }),
      query: z.object({ version: z.coerce.number(versionRule).int(versionRule).min(1, versionRule).optional() }),
      answers: { 200: planView },
      refusals: { 'plan-not-found': 404 },
    },
    'PUT /plans/{planId}': {
      summary: 'Publishes a plan or its next version. Annual targets are split into quarters and months that sum to them exactly.',
      roles: staff,
      path: z.object({ planId }),
      body: plan,
      largestBody: largestPlan,
      answers: { 200: planView },
      refusals: {
        'settings-missing': 422,
        'node-not-found': 422,
        'duplicate-entry': 422,
        'currency-not-reporting-currency': 422,
        'weights-all-zero': 422,
        'effective-date-after-year': 422,
        'target-in-another-plan': 422,
        'version-conflict': 412,
      },
      ifMatch: 'required',
    },
    'GET /attainment': {
      inLanguages: true,
      summary: 'Returns what a rep, a team or the company has achieved of its target in a period, up to now.',
      roles: everyoneInSales,
      query: z.object(askedAttainment),
      answers: { 200: attainmentView },
      refusals: attainmentRefusals,
    },
    'GET /attainment/parts': {
      inLanguages: true,
      summary:
        'Returns the attainment of every node below a node that the caller may see, or of every quarter and month within a period, in one answer.',
      roles: everyoneInSales,
      query: z.object({
        ...askedAttainment,
        /** `node`: the teams of the company, the reps of a team; `period`: the quarters and months of a year, the months of a quarter */
        by: z.enum(['node', 'period']),
      }),
      answers: { 200: z.object({ items: z.array(attainmentView) }) },
      refusals: attainmentRefusals,
    },
  },
});
