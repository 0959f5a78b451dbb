import {
  calendarOn,
  membershipsOf,
  monthsIn,
  targetOf,
  type Caller,
  type HandlersOf,
  type Node,
  type quotaApi,
  type TargetVersion,
} from '@meilenstein/contracts';
import { fromMoney, periodNamed, periodOf, refused, repId, teamId, type Period } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf } from '@meilenstein/runtime';
import { ratioOf } from '../domain/attainment.ts';
import { attainmentTexts } from '../domain/texts.ts';
import { nothingCredited, type Credited } from '../store/credit-store.ts';
import { nodeName } from '../../plans/domain/plan.ts';
import { nodesBelow, rollUpTargets, type NodesBelow } from '../../plans/domain/roll-up-targets.ts';
import { currentCompany, type CurrentCompany } from '../../organisation/http/current-company.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /attainment'>;
type Coarse = Period & { readonly kind: 'month' | 'quarter' | 'year' };

const isCoarse = (period: Period | undefined): period is Coarse => period !== undefined && period.kind !== 'week';

const nodeOf = (text: string): Node => {
  const [level, key] = text.split(':');
  return level === 'team' || level === 'rep' ? { level, key: key ?? '' } : { level: 'company', key: 'company' };
};

/** A rep sees their own node; a manager also the teams that they lead and the reps in them; everyone else every present and former node. */
const isVisible = ({ company, nodes, today }: CurrentCompany, caller: Caller, node: Node): boolean => {
  const scope = scopeOf(company, caller, today);
  const self = repOf(company, caller);
  switch (node.level) {
    case 'company':
      return scope.kind === 'everyone';
    case 'team': {
      const team = company.teams.find(({ teamId: id }) => id === node.key);
      return (
        (scope.kind === 'everyone' && (team !== undefined || nodes.formerTeams.some((former) => former === node.key))) ||
        (team !== undefined && caller.roles.includes('manager') && team.managers.some((manager) => manager === self))
      );
    }
    case 'rep': {
      const rep = company.reps.find(({ repId: id }) => id === node.key);
      return rep !== undefined && maySee(scope, rep.repId);
    }
  }
};

export const attainmentRoutes = (deps: QuotaDeps): Routes => {
  const { credits, targetsOfNodes } = deps.stores;

  const achievedOf = async ({ company, nodes }: CurrentCompany, node: Node, period: Period): Promise<Credited> => {
    if (node.level === 'rep') return credits.creditedToRep(repId.parse(node.key), period);
    const teams =
      node.level === 'team'
        ? [teamId.parse(node.key)]
        : [
            ...new Set([
              ...company.teams.map((team) => team.teamId),
              ...nodes.formerTeams,
              ...company.reps.flatMap((rep) => rep.memberships.map((membership) => membership.teamId)),
            ]),
          ];
    const sums = await Promise.all(teams.map((team) => credits.creditedToTeam(team, period)));
    return sums.reduce(
      (total, sum) => ({ ordered: total.ordered + sum.ordered, recorded: total.recorded + sum.recorded }),
      nothingCredited,
    );
  };

  /** The targets of a node, and of the nodes below it in each month; each node is read once. */
  const targetsFor = async (
    { company, nodes }: CurrentCompany,
    node: Node,
    months: readonly Period[],
  ): Promise<{ readonly own: readonly TargetVersion[]; readonly below: NodesBelow }> => {
    const below = new Map(months.map((month) => [month.label, nodesBelow(company, nodes.formerTeams, node, month)]));
    const names = new Map([node, ...[...below.values()].flat()].map((each) => [nodeName(each), each]));
    const versions = await targetsOfNodes([...names.values()]);
    const versionsOf = (each: Node) => versions.get(nodeName(each)) ?? [];
    return {
      own: versionsOf(node),
      below: (month) =>
        (below.get(month.label) ?? []).map((each) => ({ versions: versionsOf(each), memberships: membershipsOf(company, each) })),
    };
  };

  return {
    'GET /attainment': async ({ query, caller, language }) => {
      const current = await currentCompany(deps);
      const { company, today } = current;
      const { reportingCurrency } = company;
      if (reportingCurrency === null)
        return refused('settings-missing', 'PUT /settings first: attainment needs a calendar and a reporting currency');
      const node = nodeOf(query.node);
      if (!isVisible(current, caller, node))
        return refused('node-not-found', 'node: there is no such team or rep that you may see', { field: 'node', value: query.node });
      const calendar = calendarOn(company, today);
      const period = periodNamed(calendar, query.period);
      const labelled = (kind: Coarse['kind']) => periodOf(calendar, kind, today).label;
      if (!isCoarse(period))
        return refused(
          'period-not-found',
          `name a month such as ${labelled('month')}, a quarter such as ${labelled('quarter')} or a year such as ${labelled('year')}`,
          {
            field: 'period',
            value: query.period,
          },
        );
      const months = monthsIn(calendar, period);
      const { ordered: achieved, recorded } = await achievedOf(current, node, period);
      const targets = await targetsFor(current, node, months);
      const target = targetOf(targets.own, calendar, period, membershipsOf(company, node));
      const below = rollUpTargets(targets.below, calendar, period);
      const text = (minor: number) => fromMoney({ minor, currency: reportingCurrency });
      return {
        status: 200,
        body: {
          node,
          period,
          achieved: text(achieved),
          recorded: { amount: text(recorded), difference: text(recorded - achieved), meaning: attainmentTexts[language].recorded },
          target: target === null ? null : text(target),
          gap: target === null ? null : text(target - achieved),
          attainment: ratioOf(achieved, target),
          rolledUp: below === null ? null : text(below),
        },
      };
    },
  };
};
