import * as z from 'zod';
import { defineApi } from '../../define-api.ts';

const path = z.object({ token: z.string().min(1).max(600) });
const answers = { 200: z.string() };
const refusals = { 'link-invalid': 404 } as const;
// Only who got the mail has the link.
const link = { roles: 'signature', proof: 'the link of the mail is the proof', path, answers, refusals } as const;

/** The pages behind the links in a mail: people come here with a browser and no account. Following a link changes nothing, its button does. */
export const consentsApi = defineApi({
  service: 'leads',
  routes: {
    'GET /consents/{token}': { summary: 'A page with a button that confirms a consent.', ...link },
    'POST /consents/{token}': { summary: 'The person confirms.', ...link },
    'GET /consents/{token}/withdraw': { summary: 'A page with a button that withdraws a consent.', ...link },
    'POST /consents/{token}/withdraw': { summary: 'The person withdraws.', ...link },
  },
});
