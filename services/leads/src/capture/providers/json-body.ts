import { depthOf } from '@meilenstein/runtime';

/** Deeper documents are no form. */
const maxDepth = 64;

export type Json = { readonly record: Readonly<Record<string, unknown>> } | { readonly quarantine: string };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property; never `__proto__`, which JSON.parse makes an own one. */
export const ownProperty = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name !== '__proto__' && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** A text at a path of names; '' where there is none. Numbers count as their digits. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = path.reduce(ownProperty, value);
  return typeof found === 'string' ? found : typeof found === 'number' && Number.isFinite(found) ? String(found) : '';
};

/** The elements of a list at a path of names; none where there is no list. */
export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = path.reduce(ownProperty, value);
  return Array.isArray(found) ? found : [];
};

/** Bytes as text, or why they are none. */
const textOf = (bytes: Uint8Array): { readonly text: string } | { readonly quarantine: string } => {
  if (bytes.includes(0)) return { quarantine: 'nul-character' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { quarantine: 'text-not-utf-8' };
  }
};

/** A whole number beyond 2^53 would be another one: it stays the text that it was. */
const exact = (...[, value, context]: readonly unknown[]): unknown => {
  const source = ownProperty(context, 'source');
  return typeof value === 'number' && !Number.isSafeInteger(value) && typeof source === 'string' && /^-?\d+$/.test(source) ? source : value;
};

/** Any JSON value of a body, or why there is none. Whole numbers beyond 2^53 (ids of that size) are texts. */
export const jsonOf = (bytes: Uint8Array): { readonly value: unknown } | { readonly quarantine: string } => {
  const decoded = textOf(bytes);
  if ('quarantine' in decoded) return decoded;
  // Before parsing: a parser may recurse.
  if (depthOf(decoded.text) > maxDepth) return { quarantine: 'body-too-deep' };
  try {
    // Asking for each value costs time, so only where such a number may be.
    return { value: /\d{16}/.test(decoded.text) ? JSON.parse(decoded.text, exact) : JSON.parse(decoded.text) };
  } catch {
    return { quarantine: 'body-not-json' };
  }
};

/** A JSON object, or why there is none. */
export const jsonRecordOf = (bytes: Uint8Array): Json => {
  const body = jsonOf(bytes);
  if ('quarantine' in body) return body;
  return isRecord(body.value) ? { record: body.value } : { quarantine: 'body-not-object' };
};
