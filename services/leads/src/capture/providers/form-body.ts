import { declaredCharset, decodeText, type DecodedText } from '@meilenstein/kernel';
import { listOfEach } from './answers.ts';
import { jsonRecordOf, type Json } from './json-body.ts';
import { multipartParts, type MultipartPart } from './multipart.ts';
import type { Kept } from './provider.ts';

/** Far more than any form has, and far fewer than would make reading slow. */
const maxFields = 1000;

export type Entries = readonly (readonly [name: string, value: string])[];
export type FormBody = { readonly entries: Entries } | { readonly quarantine: string };

/** A field as bytes; some senders declare a charset for a single field. */
type Field = { readonly name: Uint8Array; readonly value: Uint8Array; readonly charset: string | undefined };

const isUrlencoded = (contentType: string): boolean => /^\s*(application\/x-www-form-urlencoded\s*(;|$)|$)/i.test(contentType);
const isMultipart = (contentType: string): boolean => /^\s*multipart\/form-data\s*;/i.test(contentType);

const signs = { percent: 0x25, plus: 0x2b, ampersand: 0x26, equals: 0x3d, space: 0x20 } as const;

const hexOf = (bytes: Uint8Array, at: number): number | undefined => {
  const digits = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
};

const percentDecoded = (bytes: Uint8Array): Uint8Array => {
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const escaped = byte === signs.percent ? hexOf(bytes, at + 1) : undefined;
    decoded.push(escaped ?? (byte === signs.plus ? signs.space : byte));
    if (escaped !== undefined) at += 2;
  }
  return Uint8Array.from(decoded);
};

const partsAt = (bytes: Uint8Array, sign: number): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return [...parts, bytes.subarray(from)];
};

const urlencodedFields = (bytes: Uint8Array): readonly Field[] =>
  partsAt(bytes, signs.ampersand)
    .filter((pair) => pair.length > 0)
    .map((pair) => {
      const at = pair.indexOf(signs.equals);
      const [name, value] = at < 0 ? [pair, new Uint8Array()] : [pair.subarray(0, at), pair.subarray(at + 1)];
      return { name: percentDecoded(name), value: percentDecoded(value), charset: undefined };
    });

/** A quoted value in a header, as the bytes that a browser wrote. */
const quoted = (header: string, name: string): Uint8Array | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(header);
  const text = found?.[1]?.replace(/\\(["\\])/g, '$1') ?? found?.[2];
  // Browsers escape what would end the value.
  const plain = text?.replace(/%(22|0d|0a)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain === undefined ? undefined : Buffer.from(plain, 'latin1');
};

/** For files, only the names are kept. */
const multipartField = ({ headers, bytes }: MultipartPart): Field | undefined => {
  const disposition = headers['content-disposition'] ?? '';
  const name = quoted(disposition, 'name');
  const charset = declaredCharset(headers['content-type'] ?? '');
  return name === undefined ? undefined : { name, value: quoted(disposition, 'filename') ?? bytes, charset };
};

const fieldsOf = ({ bytes, contentType }: Kept): readonly Field[] | string => {
  if (isUrlencoded(contentType)) return urlencodedFields(bytes);
  if (!isMultipart(contentType)) return 'content-type-not-supported';
  const fields = multipartParts(bytes, contentType)?.map(multipartField);
  const whole = fields?.filter((field) => field !== undefined);
  return fields === undefined || whole === undefined || whole.length < fields.length ? 'invalid-form' : whole;
};

/** The field in which a browser says how it encoded a form. */
const charsetField = '_charset_';

const charsetOf = (fields: readonly Field[], contentType: string): string | undefined => {
  const field = fields.find(({ name }) => Buffer.from(name).toString('latin1') === charsetField);
  const named = Buffer.from(field?.value ?? [])
    .toString('latin1')
    .trim();
  return declaredCharset(contentType) ?? (named === '' ? undefined : named);
};

const textOf = (decoded: readonly DecodedText[]): readonly string[] => decoded.flatMap((one) => ('text' in one ? [one.text] : []));

/**
 * The fields of a form that a browser or a form plug-in posted, in their order; or why they cannot be read. Its charset is the one that the
 * content type or the field `_charset_` declares, otherwise UTF-8.
 */
export const formOf = async (kept: Kept): Promise<FormBody> => {
  const fields = fieldsOf(kept);
  if (typeof fields === 'string') return { quarantine: fields };
  if (fields.length > maxFields) return { quarantine: 'too-many-fields' };
  const charset = charsetOf(fields, kept.contentType);
  const decoded = fields.map(({ name, value, charset: own }) => [decodeText(name, charset), decodeText(value, own ?? charset)]);
  const fault = decoded.flat().find((one) => 'fault' in one);
  if (fault !== undefined && 'fault' in fault) return { quarantine: fault.fault };
  const entries = decoded.map(textOf).map(([name = '', value = '']) => [name, value] as const);
  return entries.flat().some((text) => text.includes('\u0000')) ? { quarantine: 'nul-character' } : { entries };
};

/** The value of each name; a list, where a name has several. */
export const answersOf = (entries: Entries): Readonly<Record<string, unknown>> => listOfEach(entries);

/** The first value of a name that is not blank, or ''. */
export const firstText = (entries: Entries, name: string): string =>
  entries.find(([own, value]) => own === name && value.trim() !== '')?.[1].trim() ?? '';

/** For senders that deliver JSON or a form, as configured there: a form by its content type, everything else as JSON. */
export const anyBody = async (kept: Kept): Promise<Json> => {
  if (!isMultipart(kept.contentType) && !/x-www-form-urlencoded/i.test(kept.contentType)) return jsonRecordOf(kept);
  const form = await formOf(kept);
  return 'quarantine' in form ? form : { record: answersOf(form.entries) };
};
