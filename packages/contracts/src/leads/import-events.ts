import { defineEvent } from '../define-event.ts';
import { importStart } from '../import-start.ts';

export const leadImportStarted = defineEvent({
  name: 'LeadImportStarted',
  owner: 'leads',
  version: 1,
  meaning: 'Somebody started an import of leads; the rows follow when the file is uploaded.',
  data: importStart,
});
