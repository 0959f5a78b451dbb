import {
  calendarOn,
  monthsIn,
  targetOf,
  type Caller,
  type HandlersOf,
  type Node,
  type quotaApi,
  type TargetVersion,
} from '@meilenstein/contracts';
import { fromMoney, periodNamed, refused, repId, teamId, type Period } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf } from '@meilenstein/runtime';
import { ratioOf } from '../domain/attainment.ts';
import { nodeName } from '../../plans/domain/plan.ts';
import { nodesBelow, rolledUp, type Below } from '../../plans/domain/rolled-up.ts';
import { companyToday, type CompanyToday } from '../../organisation/http/company-today.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /attainment'>;
type Coarse = Period & { readonly kind: 'month' | 'quarter' | 'year' };

const isCoarse = (period: Period | undefined): period is Coarse => period !== undefined && period.kind !== 'week';

const nodeOf = (text: string): Node => {
  const [level, key] = text.split(':');
  return level === 'team' || level === 'rep' ? { level, key: key ?? '' } : { level: 'company', key: 'company' };
};

/** A rep sees the own node, a manager the own, the teams led and their reps, others of the company everything that exists, and what existed. */
const isVisible = ({ company, nodes, today }: CompanyToday, caller: Caller, node: Node): boolean => {
  const scope = scopeOf(company, caller, today);
  const self = repOf(company, caller);
  switch (node.level) {
    case 'company':
      return scope.kind === 'everyone';
    case 'team': {
      const team = company.teams.find((one) => one.teamId === node.key);
      return (
        (scope.kind === 'everyone' && (team !== undefined || nodes.formerTeams.some((former) => former === node.key))) ||
        (team !== undefined && caller.roles.includes('manager') && team.managers.some((manager) => manager === self))
      );
    }
    case 'rep': {
      const rep = company.reps.find((one) => one.repId === node.key);
      return rep !== undefined && maySee(scope, rep.repId);
    }
  }
};

export const attainmentRoutes = (deps: QuotaDeps): Routes => {
  const { credits, targetsOfNodes } = deps.stores;

  const achievedOf = async ({ company, nodes }: CompanyToday, node: Node, months: readonly Period[]): Promise<number> => {
    if (node.level === 'rep') return credits.creditedToRep(repId.parse(node.key), months);
    const teams =
      node.level === 'team'
        ? [teamId.parse(node.key)]
        : [
            ...new Set([
              ...company.teams.map((one) => one.teamId),
              ...nodes.formerTeams,
              ...company.reps.flatMap((rep) => rep.memberships.map((one) => one.teamId)),
            ]),
          ];
    const sums = await Promise.all(teams.map((team) => credits.creditedToTeam(team, months)));
    return sums.reduce((sum, one) => sum + one, 0);
  };

  /** The targets of a node, and of what was below it in each month; each node is read once. */
  const targetsFor = async (
    { company, nodes }: CompanyToday,
    node: Node,
    months: readonly Period[],
  ): Promise<{ readonly own: readonly TargetVersion[]; readonly below: Below }> => {
    const below = new Map(months.map((month) => [month.label, nodesBelow(company, nodes.formerTeams, node, month)]));
    const names = new Map([node, ...[...below.values()].flat()].map((one) => [nodeName(one), one]));
    const versions = await targetsOfNodes([...names.values()]);
    const of = (one: Node) => versions.get(nodeName(one)) ?? [];
    return { own: of(node), below: (month) => (below.get(month.label) ?? []).map((one) => ({ versions: of(one) })) };
  };

  return {
    'GET /attainment': async ({ query, caller }) => {
      const now = await companyToday(deps);
      const { company, today } = now;
      const { reportingCurrency } = company;
      if (reportingCurrency === null)
        return refused('settings-missing', 'PUT /settings first: attainment needs the calendar and the reporting currency');
      const node = nodeOf(query.node);
      if (!isVisible(now, caller, node))
        return refused('node-not-found', 'node: no team or rep that you may see', { field: 'node', value: query.node });
      const calendar = calendarOn(company, today);
      const period = periodNamed(calendar, query.period);
      if (!isCoarse(period))
        return refused('period-not-found', 'a month such as 2026-11, a quarter such as FY2026-Q4 or a year such as FY2026', {
          field: 'period',
          value: query.period,
        });
      const months = monthsIn(calendar, period);
      const achieved = await achievedOf(now, node, months);
      const targets = await targetsFor(now, node, months);
      const target = targetOf(targets.own, calendar, period);
      const below = rolledUp(targets.below, calendar, period);
      const outside = (minor: number) => fromMoney({ minor, currency: reportingCurrency });
      return {
        status: 200,
        body: {
          node,
          period,
          achieved: outside(achieved),
          target: target === null ? null : outside(target),
          gap: target === null ? null : outside(target - achieved),
          attainment: ratioOf(achieved, target),
          rolledUp: below === null ? null : outside(below),
        },
      };
    },
  };
};
