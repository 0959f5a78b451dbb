import { subtreeOf, type Caller, type HandlersOf, type forecastApi, type stallView } from '@meilenstein/contracts';
import { opportunityId, processId, refused, repId, teamId } from '@meilenstein/kernel';
import { maySee, scopeOf, sortedPage } from '@meilenstein/runtime';
import type * as z from 'zod';
import { answerAsOf } from '../../forecasts/http/answer-as-of.ts';
import { inMoney } from '../../forecasts/http/forecast-view.ts';
import { settingsMissing, type ForecastDeps, type ForecastMaker } from '../../forecasts/http/make-forecast.ts';
import { valueOf, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import type { Stalled } from '../domain/stalled.ts';
import { stallsByOwner } from '../domain/stalls-by-owner.ts';
import type { WaitingWithAmount } from '../domain/waiting.ts';
import { readStalls } from './read-leaks.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /leaks/stalls'>;
type Query = Parameters<Routes['GET /leaks/stalls']>[0]['query'];
type Stall = Stalled<WaitingWithAmount>;

/** A stalled opportunity in the form of the API. */
export const stallOf = (stalled: Stall, asOf: CompanyAsOf): z.input<typeof stallView> => {
  const { milestoneId, lastEvidenceAt, days, usualDays, amount } = stalled;
  const minor = valueOf(asOf, amount);
  return {
    opportunityId: opportunityId.parse(stalled.opportunityId),
    processId: processId.parse(stalled.processId),
    milestoneId,
    repId: repId.parse(stalled.repId),
    teamId: teamId.parse(stalled.teamId),
    amount: minor === null ? null : inMoney(asOf.settings.currency)(minor),
    lastEvidenceAt,
    days,
    usualDays,
  };
};

/** Whether a caller sees a stalled opportunity: its owner, and the managers of the owner. */
export const seesStall = ({ company, today }: CompanyAsOf, caller: Caller): ((stalled: Stall) => boolean) => {
  const scope = scopeOf(company, caller, today);
  return (stalled) => maySee(scope, repId.parse(stalled.repId));
};

/** Refuses a process that was never published. */
export const checkProcess = async ({ facts }: Pick<ForecastDeps, 'facts'>, process: string | undefined) =>
  process === undefined || (await facts.processes()).some((one) => one.processId === process)
    ? undefined
    : refused('process-not-found', 'no sales process with this id was published', { field: 'process', value: process });

const checkNames = ({ company }: CompanyAsOf, { team, owner }: Query) => {
  if (team !== undefined && !company.teams.some((one) => one.teamId === team))
    return refused('team-not-found', 'team: the organisation has no such team', { field: 'team', value: team });
  if (owner !== undefined && !company.reps.some((one) => one.repId === owner))
    return refused('rep-not-found', 'owner: the organisation knows no such rep', { field: 'owner', value: owner });
  return undefined;
};

const isAsked = ({ company }: CompanyAsOf, { process, milestone, team, owner }: Query): ((stalled: Stall) => boolean) => {
  const teams = team === undefined ? undefined : new Set<string>(subtreeOf(company, team));
  return (stalled) =>
    (process === undefined || stalled.processId === process) &&
    (milestone === undefined || (stalled.milestoneId ?? 'none') === milestone) &&
    (teams === undefined || teams.has(stalled.teamId)) &&
    (owner === undefined || stalled.repId === owner);
};

export const stallRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'GET /leaks/stalls': async ({ query, caller }) => {
    const asOf = await maker.companyAsOf(deps.clock.now());
    if (asOf === undefined) return settingsMissing;
    const refusal = (await checkProcess(deps, query.process)) ?? checkNames(asOf, query);
    if (refusal !== undefined) return refusal;
    const stalls = (await readStalls(deps, asOf)).filter(seesStall(asOf, caller)).filter(isAsked(asOf, query));
    const placeOf = ({ days, opportunityId: id }: Stall) => ({ value: days, id });
    const page = sortedPage(stalls, { placeOf, descending: true }, query);
    return answerAsOf({
      asOf: asOf.at,
      items: page.items.map((one) => stallOf(one, asOf)),
      next: page.next,
      total: stalls.length,
      byOwner: stallsByOwner(stalls).map((one) => ({ ...one, repId: repId.parse(one.repId), teamId: teamId.parse(one.teamId) })),
    });
  },
});
