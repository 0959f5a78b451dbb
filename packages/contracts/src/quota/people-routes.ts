import { currency, day, fiscalCalendar, repId, teamId, timeZone } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineRoutes, roles } from '../define-api.ts';

const namedTeam = z.object({ teamId, name: z.string() });

const labelledPeriod = z.object({ kind: z.enum(['week', 'month', 'quarter', 'year']), label: z.string(), from: day, until: day });

const meView = z.object({
  /** as the token names the caller */
  subject: z.string(),
  /** the roles that this system knows; others in the token are ignored */
  roles: z.array(z.enum(roles)),
  /** null for a caller who is not in the organisation, as are the following three */
  repId: repId.nullable(),
  repCode: z.string().nullable(),
  name: z.string().nullable(),
  /** the team of today; null also before joining and after leaving */
  teamId: teamId.nullable(),
  /** the teams that name the caller as a manager */
  teamsLed: z.array(namedTeam),
  /** UTC until there are settings */
  zone: timeZone,
  /** null until there are settings */
  reportingCurrency: currency.nullable(),
  /** whether figures of single people are hidden from managers */
  worksCouncilMode: z.boolean(),
  /** the day in the company's time zone */
  today: day,
  calendar: z.object({
    /** the calendar in force */
    inForce: fiscalCalendar,
    /** the periods that contain today */
    current: z.object({ week: labelledPeriod, month: labelledPeriod, quarter: labelledPeriod, year: labelledPeriod }),
    /** the quarters and months of the fiscal year that contains today, in order */
    quarters: z.array(labelledPeriod),
    months: z.array(labelledPeriod),
  }),
});

const peopleView = z.object({
  /** by code */
  reps: z.array(
    z.object({
      repId,
      repCode: z.string(),
      name: z.string(),
      /** the team of today, or the last one of a rep who has left; null before joining */
      teamId: teamId.nullable(),
      /** whether the rep belongs to a team today */
      isActive: z.boolean(),
    }),
  ),
  /** by name */
  teams: z.array(namedTeam),
});

/** Who the caller is, and the names of the people that they may see. */
export const peopleRoutes = defineRoutes({
  'GET /me': {
    summary: 'Returns who the caller is: roles, rep and teams, with the day, time zone, currency and calendar of the company.',
    roles,
    answers: { 200: meView },
    refusals: {},
  },
  'GET /people': {
    summary:
      'Lists codes and names of reps, and all teams. A rep sees their own name and those of the managers of their team, a manager the reps of their teams, operations, finance and admins everyone.',
    roles: ['rep', 'manager', 'operations', 'finance', 'admin'],
    answers: { 200: peopleView },
    refusals: {},
  },
});
