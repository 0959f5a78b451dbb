import { firstOfEach } from './answers.ts';
import { jsonRecordOf, type Json } from './json-body.ts';
import type { Kept } from './provider.ts';

/** Far more than any form has, and far fewer than would make reading slow. */
const maxFields = 1000;

export type Entries = readonly (readonly [name: string, value: string])[];
export type FormBody = { readonly entries: Entries } | { readonly quarantine: string };

const isUrlencoded = (contentType: string): boolean => /^\s*(application\/x-www-form-urlencoded\s*(;|$)|$)/i.test(contentType);
const isMultipart = (contentType: string): boolean => /^\s*multipart\/form-data\s*;/i.test(contentType);

/** For files, only the names are kept. */
const multipartEntries = async ({ bytes, contentType }: Kept): Promise<FormBody> => {
  try {
    const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': contentType } }).formData();
    return { entries: [...form.entries()].map(([name, value]) => [name, typeof value === 'string' ? value : value.name] as const) };
  } catch {
    return { quarantine: 'invalid-form' };
  }
};

/** The fields of a form that a browser or a form plug-in posted, in their order; or why they cannot be read. */
export const formOf = async (kept: Kept): Promise<FormBody> => {
  const form = isMultipart(kept.contentType)
    ? await multipartEntries(kept)
    : isUrlencoded(kept.contentType)
      ? { entries: [...new URLSearchParams(Buffer.from(kept.bytes).toString('utf8'))] }
      : { quarantine: 'content-type-not-supported' };
  if ('quarantine' in form) return form;
  if (form.entries.length > maxFields) return { quarantine: 'too-many-fields' };
  const texts = form.entries.flat();
  if (texts.some((text) => text.includes('\u0000'))) return { quarantine: 'nul-character' };
  // Decoding replaces bytes that are not UTF-8 by this character.
  return texts.some((text) => text.includes('\uFFFD')) ? { quarantine: 'text-not-utf-8' } : form;
};

/** The first value of each name; later ones remain in the stored bytes. */
export const answersOf = (entries: Entries): Readonly<Record<string, string>> => firstOfEach(entries);

/** For senders that deliver JSON or a form, as configured there: a form by its content type, everything else as JSON. */
export const anyBody = async (kept: Kept): Promise<Json> => {
  if (!isMultipart(kept.contentType) && !/x-www-form-urlencoded/i.test(kept.contentType)) return jsonRecordOf(kept.bytes);
  const form = await formOf(kept);
  return 'quarantine' in form ? form : { record: answersOf(form.entries) };
};
