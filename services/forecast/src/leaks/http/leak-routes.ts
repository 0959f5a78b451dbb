import type { Caller, HandlersOf, forecastApi, leakView } from '@meilenstein/contracts';
import { processId } from '@meilenstein/kernel';
import { scopeOf } from '@meilenstein/runtime';
import type * as z from 'zod';
import { dwellQuantile, type Cohort } from '../domain/cohort.ts';
import type { FlowReport, Stretch } from '../domain/find-leaks.ts';
import { boundsOfShare } from '../domain/proportion-test.ts';
import { ratioOf } from '../../grades/domain/grades.ts';
import type { CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { settingsMissing, type ForecastMaker, type ForecastDeps } from '../../forecasts/http/make-forecast.ts';
import { answerAsOf } from '../../forecasts/http/answer-as-of.ts';
import { inMoney } from '../../forecasts/http/forecast-view.ts';
import { readLeaks } from './read-leaks.ts';
import { checkProcess, seesStall, stallOf } from './stall-routes.ts';
import { maySeeTeam } from '../../forecasts/http/visible-node.ts';

type Routes = Pick<HandlersOf<typeof forecastApi>, 'GET /leaks'>;
type FlowView = z.input<typeof leakView>;

const mostStalls = 100;

const counted = ({ from, until, entries, reached }: Stretch) => ({ from, until, entries, reached });

const conversion = (stretch: Stretch | null): FlowView['observed'] => {
  if (stretch === null) return null;
  const bounds = boundsOfShare(stretch);
  return { ...counted(stretch), share: ratioOf(stretch.reached, stretch.entries), low: bounds?.low ?? null, high: bounds?.high ?? null };
};

const dwellOf = (cohort: Cohort | undefined): FlowView['dwell']['observed'] => {
  const [median, p90] = [0.5, 0.9].map((share) => (cohort === undefined ? undefined : dwellQuantile(cohort, share)));
  return median === undefined || p90 === undefined ? null : { median, p90 };
};

const flowView = (flow: FlowReport, text: ReturnType<typeof inMoney>): FlowView => {
  const { milestoneId, nextMilestoneId, dimension, key, horizonDays, pValue, leak, value, missingEvidence } = flow;
  return {
    processId: processId.parse(flow.processId),
    milestoneId,
    nextMilestoneId,
    dimension,
    key,
    horizonDays,
    observed: conversion(flow.observed),
    reference: conversion(flow.reference),
    pValue,
    leak,
    value: value === null ? null : text(value),
    missingEvidence,
    dwell: { observed: dwellOf(flow.observed?.cohort), reference: dwellOf(flow.reference?.cohort) },
    immature: flow.immature.map(counted),
  };
};

/** Which flows a caller may see: processes and segments with the company's figures, a team as its manager. */
const seesFlow = ({ company, today }: CompanyAsOf, caller: Caller): ((flow: FlowReport) => boolean) => {
  const scope = scopeOf(company, caller, today);
  return ({ dimension, key }) => scope.kind === 'everyone' || (dimension === 'team' && maySeeTeam(company, caller, scope, key));
};

export const leakRoutes = (deps: ForecastDeps, maker: ForecastMaker): Routes => ({
  'GET /leaks': async ({ query, caller }) => {
    const asOf = await maker.companyAsOf(deps.clock.now());
    if (asOf === undefined) return settingsMissing;
    const refusal = await checkProcess(deps, query.process);
    if (refusal !== undefined) return refusal;
    const found = await readLeaks(deps, asOf);
    const flows = found.flows
      .filter(seesFlow(asOf, caller))
      .filter((flow) => query.process === undefined || flow.processId === query.process)
      .filter((flow) => query.dimension === undefined || flow.dimension === query.dimension)
      .filter((flow) => query.only === 'everything' || flow.leak)
      .toSorted((a, b) => Number(b.leak) - Number(a.leak));
    const stalls = found.stalls
      .filter(seesStall(asOf, caller))
      .filter((one) => query.process === undefined || one.processId === query.process);
    return answerAsOf({
      asOf: asOf.at,
      flows: flows.map((flow) => flowView(flow, inMoney(asOf.settings.currency))),
      stalls: stalls.slice(0, mostStalls).map((one) => stallOf(one, asOf)),
      stalled: stalls.length,
    });
  },
});
