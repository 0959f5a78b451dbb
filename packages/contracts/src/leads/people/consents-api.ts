import * as z from 'zod';
import { defineApi } from '../../define-api.ts';

const path = z.object({ token: z.string().min(1).max(600) });
const answers = { 200: z.string(), 404: z.string() };
const refusals = {};
// Only the recipient of the e-mail has the link.
const link = { roles: 'signature', proof: 'the token in the link of the e-mail', path, answers, refusals, isPage: true } as const;

/** The pages behind the links of an e-mail, opened in a browser without an account. Opening a link changes nothing; its button does. */
export const consentsApi = defineApi({
  service: 'leads',
  routes: {
    'GET /consents/{token}': { summary: 'Returns a page with a button that confirms a consent.', ...link },
    'POST /consents/{token}': { summary: 'Confirms a consent.', ...link },
    'GET /consents/{token}/withdraw': { summary: 'Returns a page with a button that withdraws a consent.', ...link },
    'POST /consents/{token}/withdraw': { summary: 'Withdraws a consent.', ...link },
  },
});
