import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { expectedVersion, answerChange } from '@meilenstein/runtime';
import type { LeadsDeps } from '../../live-leads.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /survivorship' | 'PUT /survivorship' | 'GET /retention' | 'PUT /retention'>;

/** Routes for the rules about personal data: survivorship and retention. */
export const personRuleRoutes = ({ stores: { survivorship, retention } }: LeadsDeps): Routes => ({
  'GET /survivorship': async () => {
    const body = await survivorship.current();
    return { status: 200, body, etag: String(body.version) };
  },
  'PUT /survivorship': async ({ body, ifMatch }) => {
    const result = await survivorship.publish(body, expectedVersion(ifMatch));
    return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
  },
  'GET /retention': async () => {
    const body = await retention.current();
    return { status: 200, body, etag: String(body.version) };
  },
  'PUT /retention': async ({ body, ifMatch }) => {
    const days = Object.fromEntries(Object.entries(body).flatMap(([status, most]) => (most === undefined ? [] : [[status, most]])));
    const result = await retention.publish(days, expectedVersion(ifMatch));
    return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
  },
});
