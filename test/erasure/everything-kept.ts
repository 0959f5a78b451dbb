import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { serviceNames } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import { itemsOf } from '../demo/refold.ts';

/** A place where something is kept, and what it says. */
export type Kept = { readonly where: string; readonly text: string };

const unpacked = (bytes: Uint8Array): string =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString('utf8') : Buffer.from(bytes).toString('utf8');
const textOf = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? unpacked(one) : one));

/** Mails have left the house: the folder of the local stand-in is the people's own letter boxes. */
const isOurs = (path: string): boolean => !path.startsWith('mails');

/** Every item of every table, every message of every queue, every line of every log, every archived event and every object of every bucket. */
export const everythingKept = async (cloud: Cloud): Promise<readonly Kept[]> => {
  const items = await Promise.all(
    serviceNames.map(async (service) =>
      (await itemsOf(cloud, service)).map((item) => ({ where: `table ${service}: ${item.pk} / ${item.sk}`, text: textOf(item) })),
    ),
  );
  const messages = cloud.queues
    .names()
    .flatMap((name) => cloud.queues.peek(name).map(({ body }) => ({ where: `queue ${name}`, text: body })));
  const files = readdirSync(cloud.dataFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isOurs(relative(cloud.dataFolder, path)))
    .map((path) => ({ where: `file ${relative(cloud.dataFolder, path)}`, text: readFileSync(path, 'utf8') }));
  return [...items.flat(), ...messages, ...files];
};

/** Where any of the words stands, as it is or as a form or JSON writes it. */
export const tracesOf = (words: readonly string[], kept: readonly Kept[]): readonly string[] =>
  kept.flatMap(({ where, text }) =>
    words.flatMap((word) =>
      [word, encodeURIComponent(word)].some((one) => text.toLowerCase().includes(one.toLowerCase())) ? [`${where}: ${word}`] : [],
    ),
  );
