import { companyDays } from '../../pipeline-view/domain/company-days.ts';
import { findLeaks, type FlowReport } from '../domain/find-leaks.ts';
import { findStalled, type Stalled } from '../domain/stalled.ts';
import { waitingOf, type WaitingWithAmount } from '../domain/waiting.ts';
import { toEngine } from '../../forecasts/domain/node-names.ts';
import { outcomeLedger } from '../../pipeline-view/domain/outcome-ledger.ts';
import type { Moment } from '../../forecasts/domain/moment.ts';
import type { ForecastStores } from '../../stores.ts';

export type Leaks = { readonly flows: readonly FlowReport[]; readonly stalls: readonly Stalled<WaitingWithAmount>[] };

/** Reads cohorts and open opportunities, and looks for leaks and silences. */
export const readLeaks = async (stores: Pick<ForecastStores, 'evidence'>, moment: Moment): Promise<Leaks> => {
  const { settings, at, today } = moment;
  const [processes, cohorts, open, outcomes] = await Promise.all([
    stores.evidence.processes(),
    stores.evidence.cohorts(at),
    stores.evidence.open(),
    stores.evidence.cells(at, settings.currency, companyDays(settings.zone)),
  ]);
  const { wins, minor } = outcomeLedger(outcomes, []).of(toEngine({ level: 'company', key: 'company' }), 0, Number.MAX_SAFE_INTEGER);
  return {
    flows: findLeaks({ processes, cells: cohorts, meanOrder: wins > 0 ? minor / wins : null }, today),
    stalls: findStalled(waitingOf(open), cohorts, at),
  };
};
