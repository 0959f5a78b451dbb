import { randomUUID } from 'node:crypto';
import { importStarted, importStatus, type ImportStatus, type LeadRow, type OpportunityRow } from '@meilenstein/contracts';
import { whileMoving, type Cloud } from '@meilenstein/local';
import type { ReportProgress } from '../print/narrator.ts';
import { untilAnswered, type MovingCloud } from '../client/until-answered.ts';
import type { ApiClient } from '../client/api-client.ts';

type Kind = 'leads' | 'opportunities';

export type RowsToImport = {
  readonly kind: Kind;
  readonly rows: readonly (LeadRow | OpportunityRow)[];
  /** The same in each start that goes on with this import; a new one where it is not given. */
  readonly key?: string;
  readonly report?: ReportProgress;
};

/** An upload may come twice, so it is tried until the bucket has an answer. @throws where it refuses */
const put = async (
  cloud: MovingCloud,
  { url, method, contentType }: { readonly url: string; readonly method: string; readonly contentType: string },
  rows: RowsToImport,
) => {
  const body = rows.rows.map((row) => JSON.stringify(row)).join('\n');
  const what = `upload of ${rows.kind}`;
  const answer = await untilAnswered(cloud, what, async () => {
    const given = await fetch(url, { method, headers: { 'content-type': contentType }, body });
    return { status: given.status, text: await given.text() };
  });
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.text}`);
};

/**
 * Uploads a file whose import begins by itself, unless that was done under the same key. An upload that was not used within its hour
 * makes room for another one.
 * @returns the id of the import
 */
export const upload = async (cloud: MovingCloud, operations: ApiClient, rows: RowsToImport): Promise<string> => {
  const { kind, key = randomUUID() } = rows;
  for (let attempt = 1; ; attempt += 1) {
    const body = { system: 'old-crm' };
    const started = await operations.send(importStarted, 'POST', `/${kind}/imports`, { body, key: `${key}-${attempt}` });
    const { status } = await operations.get(importStatus, `/${kind}/imports/${started.importId}`);
    if (status === 'waiting-for-upload' && Date.parse(started.upload.expiresAt) <= Date.now()) continue;
    if (status === 'waiting-for-upload') await put(cloud, started.upload, rows);
    return started.importId;
  }
};

/** Uploads a file and waits until each of its rows has a state. @throws where the import failed, or where nothing moves any more */
export const importFile = async (cloud: Cloud, operations: ApiClient, rows: RowsToImport): Promise<ImportStatus> => {
  const importId = await upload(cloud, operations, rows);
  const path = `/${rows.kind}/imports/${importId}`;
  let status = await operations.get(importStatus, path);
  await whileMoving({
    look: async () => {
      status = await operations.get(importStatus, path);
      rows.report?.({ done: status.rows, total: rows.rows.length, unit: 'rows' });
      const { moved, isRunning } = cloud.movement();
      return { isDone: status.status === 'finished' || status.status === 'failed', moved: moved + status.rows, isRunning };
    },
    standsStill: () => [`${path} is ${status.status} with ${status.rows} of ${rows.rows.length} rows`],
    longestPauseMillis: 1000,
  });
  if (status.status === 'failed') throw new Error(`${path} failed after ${status.rows} of ${rows.rows.length} rows`);
  return status;
};

/** Imports a file, and waits until nothing that follows from it is under way. */
export const importRows: typeof importFile = async (cloud, operations, rows) => {
  const status = await importFile(cloud, operations, rows);
  await cloud.quiet();
  return status;
};
