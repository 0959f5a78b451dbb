import { calendarOn, membershipsOf, monthsIn, targetOf, type Node, type quotaApi, type TargetVersion } from '@meilenstein/contracts';
import { fromMoney, repId, teamId, type Currency, type Day, type Language, type Period, type TeamId } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { QuotaDeps } from '../../live-quota.ts';
import type { CurrentCompany } from '../../organisation/http/current-company.ts';
import { workingDaysIn } from '../../organisation/domain/working-days.ts';
import { nodeName } from '../../plans/domain/plan.ts';
import { nodesBelow, rollUpTargets } from '../../plans/domain/roll-up-targets.ts';
import { ratioOf } from '../domain/attainment.ts';
import { daysWithin, paceOf } from '../domain/pace.ts';
import { attainmentTexts } from '../domain/texts.ts';
import { creditedIn, type CreditedOnDay } from '../store/credit-store.ts';

export type Coarse = Period & { readonly kind: 'month' | 'quarter' | 'year' };
export type AskedAttainment = { readonly node: Node; readonly period: Coarse };

type View = z.input<(typeof quotaApi)['routes']['GET /attainment']['answers'][200]>;
type Days = Pick<Period, 'from' | 'until'>;

/** Every team that ever had credits. */
const allTeams = ({ company, nodes }: CurrentCompany): readonly TeamId[] => [
  ...new Set([
    ...company.teams.map((team) => team.teamId),
    ...nodes.formerTeams,
    ...company.reps.flatMap((rep) => rep.memberships.map((membership) => membership.teamId)),
  ]),
];

/** The days from the first to the last one of some periods. */
const spanOf = (periods: readonly Period[]): Days | undefined => {
  const [first] = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const [last] = periods.toSorted((a, b) => (a.until < b.until ? 1 : -1));
  return first === undefined || last === undefined ? undefined : { from: first.from, until: last.until };
};

type Reading = {
  readonly current: CurrentCompany;
  readonly currency: Currency;
  readonly language: Language;
  readonly credits: (node: Node) => readonly CreditedOnDay[];
  readonly versions: (node: Node) => readonly TargetVersion[];
};

const viewOf = ({ current, currency, language, credits, versions }: Reading, { node, period }: AskedAttainment): View => {
  const { company, nodes, today } = current;
  const calendar = calendarOn(company, today);
  const months = monthsIn(calendar, period);
  const { ordered: achieved, recorded } = creditedIn(credits(node), period);
  const memberships = membershipsOf(company, node);
  const target = targetOf(versions(node), calendar, period, memberships);
  const below = rollUpTargets(
    (month) =>
      nodesBelow(company, nodes.formerTeams, node, month).map((each) => ({
        versions: versions(each),
        memberships: membershipsOf(company, each),
      })),
    calendar,
    period,
  );
  const daysOf = (month: Period): readonly Day[] => daysWithin(workingDaysIn(company, month), memberships);
  const pace =
    target === null
      ? null
      : paceOf(
          months.map((month) => ({
            month,
            target: targetOf(versions(node), calendar, month, memberships) ?? 0,
            workingDays: daysOf(month),
          })),
          { period, today, achieved, currency },
        );
  const text = (minor: number) => fromMoney({ minor, currency });
  const textOrNull = (minor: number | null) => (minor === null ? null : text(minor));
  return {
    node,
    period,
    achieved: text(achieved),
    recorded: { amount: text(recorded), difference: text(recorded - achieved), meaning: attainmentTexts[language].recorded },
    target: textOrNull(target),
    gap: target === null ? null : text(target - achieved),
    attainment: ratioOf(achieved, target),
    rolledUp: textOrNull(below),
    pace: pace && {
      workingDays: pace.workingDays,
      expected: text(pace.expected),
      difference: text(pace.difference),
      requiredPerDay: textOrNull(pace.requiredPerDay),
      projected: textOrNull(pace.projected),
    },
  };
};

/** Reads the attainment of nodes in periods: every credit and every target once, whatever they are needed for. */
export const readAttainments = async (
  { stores: { credits, targetsOfNodes } }: QuotaDeps,
  about: Pick<Reading, 'current' | 'currency' | 'language'>,
  asked: readonly AskedAttainment[],
): Promise<readonly View[]> => {
  const { current } = about;
  const { company, nodes, today } = current;
  const span = spanOf(asked.map(({ period }) => period));
  if (span === undefined) return [];
  const daysOf = async (node: Node): Promise<readonly CreditedOnDay[]> => {
    if (node.level === 'rep') return credits.creditedToRep(repId.parse(node.key), span);
    const teams = node.level === 'team' ? [teamId.parse(node.key)] : allTeams(current);
    return (await Promise.all(teams.map((team) => credits.creditedToTeam(team, span)))).flat();
  };
  const named = new Map(asked.map(({ node }) => [nodeName(node), node]));
  const below = asked.flatMap(({ node, period }) =>
    monthsIn(calendarOn(company, today), period).flatMap((month) => nodesBelow(company, nodes.formerTeams, node, month)),
  );
  const withTargets = new Map([...named.values(), ...below].map((node) => [nodeName(node), node]));
  const [days, versions] = await Promise.all([
    Promise.all([...named].map(async ([name, node]) => [name, await daysOf(node)] as const)),
    targetsOfNodes([...withTargets.values()]),
  ]);
  const creditsOf = new Map(days);
  const reading: Reading = {
    ...about,
    credits: (node) => creditsOf.get(nodeName(node)) ?? [],
    versions: (node) => versions.get(nodeName(node)) ?? [],
  };
  return asked.map((each) => viewOf(reading, each));
};
