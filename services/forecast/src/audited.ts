import { forecastSentences } from '@meilenstein/contracts';
import type { AuditedService } from '@meilenstein/runtime';
import type { ForecastStores } from './stores.ts';

/** All that the audit of forecast tells about, by the names that people use. */
export const auditedForecast = (stores: ForecastStores): AuditedService => ({
  sentences: forecastSentences,
  aggregates: {
    forecast: stores.snapshots.audited,
    judgement: stores.judgements.audited,
    'stage-probabilities': stores.stages.audited,
    replay: stores.replays.audited,
    leak: stores.leaks.audited,
    stall: stores.stalls.audited,
    dwell: stores.dwells.audited,
  },
});
