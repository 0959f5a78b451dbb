/** Why bytes are no text. They are refused, because a text with replaced characters is a wrong one that nobody can correct. */
export type TextFault = 'text-not-utf-8' | 'text-not-in-charset' | 'charset-unknown';

export type DecodedText = { readonly text: string } | { readonly fault: TextFault };

const byteOrderMarks: readonly (readonly [charset: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The charset that a byte-order mark at the beginning shows. */
export const markedCharset = (bytes: Uint8Array): { readonly charset: string; readonly length: number } | undefined => {
  const [charset, mark] = byteOrderMarks.find(([, expected]) => expected.every((byte, index) => bytes[index] === byte)) ?? [];
  return charset === undefined || mark === undefined ? undefined : { charset, length: mark.length };
};

/** The charset that a content type declares. */
export const declaredCharset = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i
    .exec(contentType)
    ?.slice(1)
    .find((name) => name !== undefined && name !== '');

const decoderOf = (charset: string) => {
  try {
    return new TextDecoder(charset.trim(), { fatal: true, ignoreBOM: true });
  } catch {
    return undefined;
  }
};

/** Decodes bytes in a charset; a byte-order mark is a character of the text. */
export const decodeIn = (bytes: Uint8Array, charset: string): DecodedText => {
  const decoder = decoderOf(charset);
  if (decoder === undefined) return { fault: 'charset-unknown' };
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { fault: decoder.encoding === 'utf-8' ? 'text-not-utf-8' : 'text-not-in-charset' };
  }
};

/** Bytes as text: in the charset of their byte-order mark, else in the declared one, else in UTF-8. Nothing is replaced. */
export const decodeText = (bytes: Uint8Array, declared?: string): DecodedText => {
  const marked = markedCharset(bytes);
  return marked === undefined ? decodeIn(bytes, declared ?? 'utf-8') : decodeIn(bytes.subarray(marked.length), marked.charset);
};

/** Bytes as a person may read them, only for display: where they do not decode, in the charset of western Windows, which has every byte. */
export const readableText = (bytes: Uint8Array, declared?: string): string => {
  const decoded = decodeText(bytes, declared);
  return 'text' in decoded ? decoded.text : new TextDecoder('windows-1252').decode(bytes);
};

/** Whether some text in a JSON value has half a surrogate pair, which no charset can write. */
export const hasHalfPair = (value: unknown): boolean => {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => !name.isWellFormed() || hasHalfPair(inner));
};
