/** One part of a multipart body: its headers in lower case, and its bytes. */
export type MultipartPart = { readonly headers: Readonly<Record<string, string>>; readonly bytes: Uint8Array };

const blankLine = Buffer.from('\r\n\r\n');

const boundaryOf = (contentType: string): string | undefined =>
  /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
    .exec(contentType)
    ?.slice(1)
    .find((one) => one !== undefined);

const headersOf = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Buffer.from(bytes)
      .toString('latin1')
      .split('\r\n')
      .flatMap((line) => {
        const at = line.indexOf(':');
        return at <= 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
      }),
  );

const partOf = (bytes: Buffer): MultipartPart | undefined => {
  const end = bytes.indexOf(blankLine);
  // A part without headers begins with the blank line.
  if (bytes.subarray(0, 2).equals(blankLine.subarray(0, 2))) return { headers: {}, bytes: bytes.subarray(2) };
  return end < 0 ? undefined : { headers: headersOf(bytes.subarray(0, end)), bytes: bytes.subarray(end + blankLine.length) };
};

/** The parts of a multipart body (RFC 7578), as bytes, because each may have a charset; undefined if it is none or is cut off. */
export const multipartParts = (body: Uint8Array, contentType: string): readonly MultipartPart[] | undefined => {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const bytes = Buffer.concat([Buffer.from('\r\n'), body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: MultipartPart[] = [];
  let at = bytes.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (bytes.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const line = bytes.indexOf('\r\n', start);
    at = bytes.indexOf(delimiter, start);
    const part = line < 0 || at < 0 || line > at ? undefined : partOf(bytes.subarray(line + 2, Math.max(at, line + 2)));
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return undefined;
};
