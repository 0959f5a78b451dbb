import { declaredCharset, decodeText } from '@meilenstein/kernel';
import { depthOf } from '@meilenstein/runtime';
import type { Kept } from './provider.ts';

/** A form is never nested deeper. */
const maxDepth = 64;

export type Json = { readonly record: Readonly<Record<string, unknown>> } | { readonly quarantine: string };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property; never `__proto__`, which JSON.parse makes an own property. */
export const ownProperty = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name !== '__proto__' && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** The text at a path of names, or ''. Numbers are converted to text. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = path.reduce(ownProperty, value);
  return typeof found === 'string' ? found : typeof found === 'number' && Number.isFinite(found) ? String(found) : '';
};

/** The elements of the list at a path of names; none if there is no list. */
export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = path.reduce(ownProperty, value);
  return Array.isArray(found) ? found : [];
};

/** A body as text, in the charset that it declares or shows; or the reason for quarantine. */
const bodyText = ({ bytes, contentType }: Kept): { readonly text: string } | { readonly quarantine: string } => {
  const decoded = decodeText(bytes, declaredCharset(contentType));
  if ('fault' in decoded) return { quarantine: decoded.fault };
  return decoded.text.includes('\u0000') ? { quarantine: 'nul-character' } : decoded;
};

/** A whole number beyond 2^53 would lose digits, so it stays a text. */
const exact = (...[, value, context]: readonly unknown[]): unknown => {
  const source = ownProperty(context, 'source');
  return typeof value === 'number' && !Number.isSafeInteger(value) && typeof source === 'string' && /^-?\d+$/.test(source) ? source : value;
};

/** The JSON value of a body, or the reason for quarantine. Whole numbers beyond 2^53 (long ids) stay texts. */
export const jsonOf = (kept: Kept): { readonly value: unknown } | { readonly quarantine: string } => {
  const decoded = bodyText(kept);
  if ('quarantine' in decoded) return decoded;
  // Checked before parsing, because a parser may recurse.
  if (depthOf(decoded.text) > maxDepth) return { quarantine: 'body-too-deep' };
  try {
    // The reviver costs time, so it is used only if there may be such a number.
    return { value: /\d{16}/.test(decoded.text) ? JSON.parse(decoded.text, exact) : JSON.parse(decoded.text) };
  } catch {
    return { quarantine: 'body-not-json' };
  }
};

/** A JSON object, or the reason for quarantine. */
export const jsonRecordOf = (kept: Kept): Json => {
  const body = jsonOf(kept);
  if ('quarantine' in body) return body;
  return isRecord(body.value) ? { record: body.value } : { quarantine: 'body-not-object' };
};
