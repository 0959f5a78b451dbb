import * as z from 'zod';
import { defineApi } from './define-api.ts';

const path = z.object({ token: z.string().min(1).max(600) });
const answers = { 200: z.string() };
const refusals = { 'link-is-invalid': 404 } as const;

/** The doors behind the links of a mail: people come here with a browser and no account. Following a link changes nothing, its button does. */
export const consentsApi = defineApi({
  service: 'leads',
  routes: {
    'GET /consents/{token}': { summary: 'A page with a button that confirms a consent.', roles: 'signature', path, answers, refusals },
    'POST /consents/{token}': { summary: 'The person confirms.', roles: 'signature', path, answers, refusals },
    'GET /consents/{token}/withdraw': {
      summary: 'A page with a button that withdraws a consent.',
      roles: 'signature',
      path,
      answers,
      refusals,
    },
    'POST /consents/{token}/withdraw': { summary: 'The person withdraws.', roles: 'signature', path, answers, refusals },
  },
});
