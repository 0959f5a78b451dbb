import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { followOwners } from '../../pipeline-view/domain/follow-owners.ts';
import type { MonthlyCohort } from '../domain/cohort.ts';
import type { Counter } from '@meilenstein/forecasting/input/forecast-input';
import { findLeaks, type FlowReport, type MeanOrderOf } from '../domain/find-leaks.ts';
import { findStalled, type Stalled } from '../domain/stalled.ts';
import { waitingOf, type WaitingWithAmount } from '../domain/waiting.ts';
import { toEngine } from '../../forecasts/domain/node-names.ts';
import { netOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import type { CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import type { ForecastStores } from '../../stores.ts';

export type Leaks = {
  readonly flows: readonly FlowReport[];
  readonly stalls: readonly Stalled<WaitingWithAmount>[];
  /** the cohorts from which both follow */
  readonly cohorts: readonly MonthlyCohort[];
};

const everything = toEngine({ level: 'company', key: 'company' });

/** With fewer orders the mean of a segment or process says little, and that of the next larger group is used. */
const enoughOrders = 5;

/** The mean order of a segment of a process, of the process, or of the company: the first of them with enough orders. */
const meanOrders =
  (counters: readonly Counter[]): MeanOrderOf =>
  ({ processId, segment }) => {
    const meanOf = (some: readonly Counter[], least: number): number | undefined => {
      const { wins, minor } = netOrdersByNode(some, []).of(everything, 0, Number.MAX_SAFE_INTEGER);
      return wins >= least ? minor / wins : undefined;
    };
    const ofProcess = counters.filter(({ key }) => key.kind !== 'flow' && key.cell.processId === processId);
    const ofSegment = ofProcess.filter(({ key }) => key.kind !== 'flow' && key.cell.segment === segment);
    return (
      (segment === undefined ? undefined : meanOf(ofSegment, enoughOrders)) ??
      meanOf(ofProcess, enoughOrders) ??
      meanOf(counters, 1) ??
      null
    );
  };

/** Reads cohorts and open opportunities, and finds leaks and stalls. */
export const readLeaks = async (stores: Pick<ForecastStores, 'facts'>, asOf: CompanyAsOf): Promise<Leaks> => {
  const { settings, at, today, company } = asOf;
  const [processes, cohorts, stored, counters] = await Promise.all([
    stores.facts.processes(),
    stores.facts.cohorts(at),
    stores.facts.open(),
    stores.facts.counters(at, settings.currency, companyDays(settings.zone)),
  ]);
  const open = followOwners(stored, company, { today, zone: settings.zone });
  return {
    flows: findLeaks({ processes, cohorts, meanOrder: meanOrders(counters) }, today),
    stalls: findStalled(waitingOf(open), cohorts, at),
    cohorts,
  };
};

/** Reads open opportunities and cohorts, and finds the stalls alone. */
export const readStalls = async (
  { facts }: Pick<ForecastStores, 'facts'>,
  { settings, at, today, company }: CompanyAsOf,
): Promise<Leaks['stalls']> => {
  const [cohorts, stored] = await Promise.all([facts.cohorts(at), facts.open()]);
  return findStalled(waitingOf(followOwners(stored, company, { today, zone: settings.zone })), cohorts, at);
};
