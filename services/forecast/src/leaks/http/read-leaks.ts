import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { followOwners } from '../../pipeline-view/domain/follow-owners.ts';
import type { MonthlyCohort } from '../domain/cohort.ts';
import { findLeaks, type FlowReport } from '../domain/find-leaks.ts';
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
  const { wins, minor } = netOrdersByNode(counters, []).of(toEngine({ level: 'company', key: 'company' }), 0, Number.MAX_SAFE_INTEGER);
  return {
    flows: findLeaks({ processes, cohorts: cohorts, meanOrder: wins > 0 ? minor / wins : null }, today),
    stalls: findStalled(waitingOf(open), cohorts, at),
    cohorts,
  };
};
