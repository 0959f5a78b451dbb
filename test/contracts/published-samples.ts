import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents, type Envelope } from '@meilenstein/contracts';

const folder = join(import.meta.dirname, '..', '..', 'packages', 'contracts', 'samples');

/** The published sample of every event, as the bus would deliver it. Samples are never edited. */
export const publishedSamples = (): readonly Envelope[] =>
  allEvents.map((event) => event.parse(JSON.parse(readFileSync(join(folder, `${event.name}.v${event.version}.json`), 'utf8'))));

const personal = /[\w.+-]+@[\w-]+\.\w+|\+49 ?\d/;

/** The first e-mail address or German phone number in a text. */
export const personalIn = (text: string): string | undefined => personal.exec(text)?.[0];
