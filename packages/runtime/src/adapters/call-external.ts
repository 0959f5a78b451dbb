import { declaredCharset, decodeText } from '@meilenstein/kernel';

/** The response of an external server; a body over a megabyte does not count as a response. */
export type ExternalResponse = { readonly status: number; readonly text: string };
export type ExternalRequest = {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Calls an external server. Throws if it does not answer in time; the caller tries again later. */
export type CallExternal = (url: string, request: ExternalRequest) => Promise<ExternalResponse>;

const maxMillis = 8000;
const maxBytes = 1_000_000;

/** Over https only, without following redirects: an address that somebody else answers must not lead anywhere else. */
export const callExternal: CallExternal = async (url, { method, headers = {}, body }) => {
  if (!url.startsWith('https://')) throw new RangeError('url: only https is called');
  const signal = AbortSignal.timeout(maxMillis);
  const answer = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body === undefined ? {} : { body }) });
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength > maxBytes) throw new RangeError('answer: is larger than a megabyte');
  const decoded = decodeText(new Uint8Array(bytes), declaredCharset(answer.headers.get('content-type') ?? ''));
  if ('fault' in decoded) throw new RangeError(`answer: ${decoded.fault}`);
  return { status: answer.status, text: decoded.text };
};
