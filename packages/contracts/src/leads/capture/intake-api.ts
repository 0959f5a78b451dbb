import { submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi } from '../../define-api.ts';

/** The public API for forms. It is a separate function because it needs other permissions and must start fast. */
export const intakeApi = defineApi({
  service: 'leads',
  routes: {
    'POST /webhooks/{sourceId}': {
      summary: 'Receives a submission of a form. It is stored first and read afterwards; a repeated delivery gets the same response.',
      roles: 'signature',
      path: z.object({ sourceId: z.string() }),
      answers: { 202: z.object({ submissionId }), 303: z.object({}) },
      refusals: { 'signature-invalid': 401, 'source-not-found': 404, 'body-too-large': 413 },
    },
    'GET /webhooks/{sourceId}': {
      summary: 'Answers the handshake with which some senders check that the receiver knows the secret.',
      roles: 'signature',
      proof: 'the request carries a token that only the sender and the receiver know',
      path: z.object({ sourceId: z.string() }),
      answers: { 200: z.union([z.string(), z.record(z.string(), z.string())]) },
      refusals: { 'handshake-invalid': 401, 'source-not-found': 404 },
    },
    'GET /webhooks/{sourceId}/stamp': {
      summary: 'Returns the signed time at which a form was opened. The page puts it into the field `_stamp`.',
      roles: 'signature',
      proof: 'open to every visitor of the form',
      path: z.object({ sourceId: z.string() }),
      answers: { 200: z.object({ stamp: z.string() }) },
      refusals: { 'source-not-found': 404 },
    },
  },
});
