import { onSchedule } from '@meilenstein/runtime';
import { leakId, stallId, tellLeak, tellStall, type FoundLeak, type FoundStall } from '../domain/tell-leaks.ts';
import { momentOf } from '../../forecasts/domain/moment.ts';
import type { ForecastStores } from '../../stores.ts';
import { readLeaks } from '../http/read-leaks.ts';

const together = 500;

/** Looks for leaks and silences each night and tells each of them once. */
export const findLeaksNightly = (deps: ForecastStores) =>
  onSchedule('find-leaks', async (at) => {
    const moment = momentOf(await deps.company.read(), at);
    if (moment === undefined) return;
    const { flows, stalls } = await readLeaks(deps, moment);
    const { currency } = moment.settings;
    const leaks = flows.filter((flow) => flow.leak);
    for (let first = 0; first < leaks.length; first += together)
      await deps.leaks.changeMany(
        leaks
          .slice(first, first + together)
          .map((flow) => ({ id: leakId(flow), decide: (found: FoundLeak) => tellLeak(found, flow, currency) })),
        'live',
      );
    for (let first = 0; first < stalls.length; first += together)
      await deps.stalls.changeMany(
        stalls
          .slice(first, first + together)
          .map((one) => ({ id: stallId(one.opportunityId), decide: (found: FoundStall) => tellStall(found, one) })),
        'live',
      );
  });
