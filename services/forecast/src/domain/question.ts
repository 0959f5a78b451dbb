import {
  addDays,
  convert,
  dayOf,
  daysBetween,
  periodOf,
  type Currency,
  type Day,
  type FiscalCalendar,
  type Instant,
  type Period,
} from '@meilenstein/kernel';
import { calendarOn, rateOn, subtreeOf, teamOn, type Company, type Node, type OpportunityDimensions } from '@meilenstein/contracts';
import type { Cell } from './facts.ts';

export type WindowKind = 'month' | 'quarter';

/** What is asked: for whom, until when, seen from which day. `teamIds`: a team and all below it. */
export type Question = {
  readonly node: Node;
  readonly teamIds: readonly string[];
  readonly window: Period & { readonly kind: WindowKind };
  readonly calendar: FiscalCalendar;
  readonly today: Day;
};

/** Nobody has set the company's zone and reporting currency yet. */
export type Settings = { readonly zone: NonNullable<Company['zone']>; readonly currency: Currency };

export const settingsOf = (company: Company): Settings | undefined =>
  company.zone === null || company.reportingCurrency === null ? undefined : { zone: company.zone, currency: company.reportingCurrency };

/** The question about the current fiscal month or quarter of a node at an instant, in the company's zone. */
export const questionAt = (company: Company, settings: Settings, node: Node, about: { kind: WindowKind; at: Instant }): Question => {
  const today = dayOf(about.at, settings.zone);
  const calendar = calendarOn(company, today);
  const team = company.teams.find((one) => one.teamId === node.key);
  return {
    node,
    teamIds: node.level === 'team' && team !== undefined ? subtreeOf(company, team.teamId) : [],
    window: { ...periodOf(calendar, about.kind, today), kind: about.kind },
    calendar,
    today,
  };
};

/** Whether a cell counts for the node that is asked about. */
export const concerns = ({ node, teamIds }: Pick<Question, 'node' | 'teamIds'>, cell: Cell): boolean => {
  switch (node.level) {
    case 'company':
      return true;
    case 'team':
      return teamIds.includes(cell.teamId);
    case 'rep':
      return cell.repId === node.key;
  }
};

/** Days on which something may still be won: today and all that follow in the window. */
export const remainingDays = ({ today, window }: Question): number => Math.max(0, daysBetween(today, window.until));

/** Windows of the same kind that ended and lie wholly after the first fact. Counts no further back than `limit`. */
export const endedWindows = ({ calendar, window }: Question, firstDay: Day | undefined, limit = 40): number => {
  if (firstDay === undefined) return 0;
  let count = 0;
  let period = periodOf(calendar, window.kind, addDays(window.from, -1));
  while (period.from >= firstDay && count < limit) {
    count += 1;
    period = periodOf(calendar, window.kind, addDays(period.from, -1));
  }
  return count;
};

/** An amount in minor units of the reporting currency at the rate of a day; null where it is unknown or has no rate. */
export const valueOf = (amount: OpportunityDimensions['amount'], company: Company, on: Day): number | null => {
  if (amount === null || company.reportingCurrency === null) return null;
  if (amount.currency === company.reportingCurrency) return amount.minor;
  const rate = rateOn(company, amount.currency, on);
  return rate === undefined ? null : convert(amount, rate.value, company.reportingCurrency).minor;
};

/** Every node that gets a snapshot: the company, all teams, and all who sell on that day. */
export const nodesOn = (company: Company, on: Day): readonly Node[] => [
  { level: 'company', key: 'company' },
  ...company.teams.map((team): Node => ({ level: 'team', key: team.teamId })),
  ...company.reps.filter((rep) => teamOn(company, rep.repId, on) !== undefined).map((rep): Node => ({ level: 'rep', key: rep.repId })),
];
