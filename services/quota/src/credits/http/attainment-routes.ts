import { calendarOn, monthsIn, type Caller, type HandlersOf, type Node, type quotaApi } from '@meilenstein/contracts';
import { fiscalYearOf, periodNamed, periodOf, quartersOf, refused, type Currency, type Period } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf } from '@meilenstein/runtime';
import { nodeName } from '../../plans/domain/plan.ts';
import { nodesBelow } from '../../plans/domain/roll-up-targets.ts';
import { currentCompany, type CurrentCompany } from '../../organisation/http/current-company.ts';
import type { QuotaDeps } from '../../live-quota.ts';
import { readAttainments, type AskedAttainment, type Coarse } from './read-attainment.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /attainment' | 'GET /attainment/parts'>;

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

type Question = { readonly current: CurrentCompany; readonly currency: Currency; readonly asked: AskedAttainment };

/** The nodes below a node in any month of a period, each once. */
const nodesWithin = ({ company, nodes, today }: CurrentCompany, { node, period }: AskedAttainment): readonly Node[] => {
  const below = monthsIn(calendarOn(company, today), period).flatMap((month) => nodesBelow(company, nodes.formerTeams, node, month));
  return [...new Map(below.map((each) => [nodeName(each), each])).values()];
};

/** The quarters and months within a period, without itself. */
const periodsWithin = ({ company, today }: CurrentCompany, period: Coarse): readonly Coarse[] => {
  const calendar = calendarOn(company, today);
  const quarters = period.kind === 'year' ? quartersOf(calendar, fiscalYearOf(calendar, period.from)) : [];
  const months = period.kind === 'month' ? [] : monthsIn(calendar, period);
  return [...quarters, ...months].filter(isCoarse);
};

export const attainmentRoutes = (deps: QuotaDeps): Routes => {
  /** What was asked for, if the caller may see it. */
  const questionOf = async (query: { readonly node: string; readonly period: string }, caller: Caller) => {
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
        { field: 'period', value: query.period },
      );
    return { current, currency: reportingCurrency, asked: { node, period } } satisfies Question;
  };

  return {
    'GET /attainment': async ({ query, caller, language }) => {
      const question = await questionOf(query, caller);
      if ('refused' in question) return question;
      const [body] = await readAttainments(deps, { ...question, language }, [question.asked]);
      if (body === undefined) throw new Error('no attainment was read');
      return { status: 200, body };
    },
    'GET /attainment/parts': async ({ query, caller, language }) => {
      const question = await questionOf(query, caller);
      if ('refused' in question) return question;
      const { current, asked } = question;
      const parts: readonly AskedAttainment[] =
        query.by === 'node'
          ? nodesWithin(current, asked)
              .filter((node) => isVisible(current, caller, node))
              .map((node) => ({ node, period: asked.period }))
          : periodsWithin(current, asked.period).map((period) => ({ node: asked.node, period }));
      return { status: 200, body: { items: [...(await readAttainments(deps, { ...question, language }, parts))] } };
    },
  };
};
