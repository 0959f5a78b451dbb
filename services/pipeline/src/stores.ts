import { opportunityImportStarted } from '@meilenstein/contracts';
import { companyCopy, importStarts, type Machinery } from '@meilenstein/runtime';
import { accountFieldsStore } from './accounts/store/account-fields-store.ts';
import { accountStore } from './accounts/store/account-store.ts';
import { contactStore } from './accounts/store/contact-store.ts';
import { timelineStore } from './accounts/store/timeline-store.ts';
import { dwellCopy } from './board/store/dwell-copy.ts';
import { opportunityStore } from './opportunities/store/opportunity-store.ts';
import { segmentCopy } from './opportunities/store/segment-copy.ts';
import { processStore } from './processes/store/process-store.ts';

/** Everything that this service stores. */
export const pipelineStores = (machinery: Machinery) => ({
  processes: processStore(machinery),
  opportunities: opportunityStore(machinery),
  accounts: accountStore(machinery),
  contacts: contactStore(machinery),
  timelines: timelineStore(machinery),
  accountFields: accountFieldsStore(machinery),
  dwells: dwellCopy(machinery),
  segments: segmentCopy(machinery),
  company: companyCopy(machinery),
  importStarts: importStarts(opportunityImportStarted, machinery),
});
export type Stores = ReturnType<typeof pipelineStores>;
