import type { ImportRehearsal } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import type { RehearsalRefused } from './import-job.ts';

/** The answer of a route that shows a rehearsal. */
export const answerRehearsal = (found: ImportRehearsal | RehearsalRefused | undefined) => {
  if (found === undefined) return refused('import-not-found', 'importId: no import has this id');
  if (!('because' in found)) return { status: 200 as const, body: found };
  if ('rejected' in found) {
    const { column, rule } = found.rejected;
    return refused('file-unreadable', column === undefined ? rule : `column "${column}": ${rule}`);
  }
  if (found.because === 'upload-missing')
    return refused('upload-missing', 'importId: no file with a row was put to the upload URL yet; put it there and ask again');
  return refused('rehearsal-not-asked', 'importId: start an import with a table and with rehearse: true');
};
