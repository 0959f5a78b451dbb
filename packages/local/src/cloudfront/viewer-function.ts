import { createContext, Script } from 'node:vm';
import * as z from 'zod';

const answer = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.object({ value: z.string() })).default({}),
  body: z.union([z.string(), z.object({ data: z.string(), encoding: z.literal('text').default('text') })]).default(''),
});
const changed = z.object({ method: z.string(), uri: z.string().startsWith('/') });

type ViewerRequest = { readonly method: string; readonly uri: string; readonly headers: Readonly<Record<string, string>> };
/** What a function made of a request: another address to ask the origin for, or an answer that no origin is asked for. */
type ViewerOutcome =
  | { readonly uri: string }
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

export type ViewerFunction = (request: ViewerRequest) => Promise<ViewerOutcome>;

/** CloudFront allows a millisecond of processor time. This is the clock of a crowded machine, so it only ends what would never end. */
const limitMillis = 2_000;

/** A function of CloudFront, as it is deployed: its code sees the event of CloudFront and nothing of Node. */
export function viewerFunction(name: string, code: string): ViewerFunction {
  const script = new Script(`${code}\nhandler(JSON.parse(event))`, { filename: `${name}.js` });
  return async ({ method, uri, headers }) => {
    const event = {
      version: '1.0',
      context: { distributionDomainName: 'localhost', distributionId: 'local', eventType: 'viewer-request', requestId: 'local' },
      viewer: { ip: '127.0.0.1' },
      request: {
        method,
        uri,
        querystring: {},
        headers: Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, { value }])),
        cookies: {},
      },
    };
    const returned: unknown = await script.runInContext(createContext({ event: JSON.stringify(event) }), { timeout: limitMillis });
    const response = answer.safeParse(returned);
    if (!response.success) return { uri: changed.parse(returned).uri };
    const { statusCode, headers: given, body } = response.data;
    return {
      status: statusCode,
      headers: Object.fromEntries(Object.entries(given).map(([header, { value }]) => [header, value])),
      body: typeof body === 'string' ? body : body.data,
    };
  };
}
