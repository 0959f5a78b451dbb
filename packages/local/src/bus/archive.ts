import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KeepInArchive } from './event-bus.ts';

/** Archives as files, an event a line, that a person can open. History is republished from the tables, so nothing here reads them. */
export const archivesIn = (folder: string): KeepInArchive => {
  mkdirSync(folder, { recursive: true });
  return (archiveName, body) => appendFileSync(join(folder, `${archiveName}.ndjson`), `${body}\n`);
};
