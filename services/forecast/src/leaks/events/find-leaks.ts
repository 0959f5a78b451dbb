import { onSchedule } from '@meilenstein/runtime';
import { dwellId, emitDwell, type EmittedDwell } from '../domain/measure-dwell.ts';
import { leakId, stallId, reportLeak, reportStall, type ReportedLeak, type ReportedStall } from '../domain/report-leaks.ts';
import { companyAsOf } from '../../forecasts/domain/company-as-of.ts';
import type { ForecastStores } from '../../stores.ts';
import { readLeaks } from '../http/read-leaks.ts';

const together = 500;

/** Searches for leaks and stalls each night and reports each of them once; tells how long customers take, where that has changed. */
export const findLeaksNightly = (deps: ForecastStores) =>
  onSchedule('find-leaks', async (at) => {
    const asOf = companyAsOf(await deps.company.read(), at);
    if (asOf === undefined) return;
    const { flows, stalls, cohorts } = await readLeaks(deps, asOf);
    const { currency } = asOf.settings;
    const leaks = flows.filter((flow) => flow.leak);
    for (let first = 0; first < leaks.length; first += together)
      await deps.leaks.changeMany(
        leaks
          .slice(first, first + together)
          .map((flow) => ({ id: leakId(flow), decide: (found: ReportedLeak) => reportLeak(found, flow, currency) })),
        'live',
      );
    for (let first = 0; first < stalls.length; first += together)
      await deps.stalls.changeMany(
        stalls
          .slice(first, first + together)
          .map((one) => ({ id: stallId(one.opportunityId), decide: (found: ReportedStall) => reportStall(found, one) })),
        'live',
      );
    await deps.dwells.changeMany(
      [...new Set(cohorts.map((cohort) => cohort.processId))].map((process) => ({
        id: dwellId(process),
        decide: (emitted: EmittedDwell) => emitDwell(emitted, process, cohorts),
      })),
      'live',
    );
  });
