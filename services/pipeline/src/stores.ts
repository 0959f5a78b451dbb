import { opportunityImportStarted } from '@meilenstein/contracts';
import { companyCopy, importStarts, type Machinery } from '@meilenstein/runtime';
import { dwellCopy } from './board/store/dwell-copy.ts';
import { opportunityStore } from './opportunities/store/opportunity-store.ts';
import { processStore } from './processes/store/process-store.ts';

/** Everything that this service stores. */
export const pipelineStores = (machinery: Machinery) => ({
  processes: processStore(machinery),
  opportunities: opportunityStore(machinery),
  dwells: dwellCopy(machinery),
  company: companyCopy(machinery),
  importStarts: importStarts(opportunityImportStarted, machinery),
});
export type Stores = ReturnType<typeof pipelineStores>;
