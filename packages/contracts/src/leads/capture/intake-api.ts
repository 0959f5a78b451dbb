import { submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi } from '../../define-api.ts';

/** The public door of forms; a function of its own, because it needs other permissions and must start fast. */
export const intakeApi = defineApi({
  service: 'leads',
  routes: {
    'POST /webhooks/{sourceId}': {
      summary: 'A form delivers a submission. It is stored first and read afterwards; the same delivery gets the same bytes as answer.',
      roles: 'signature',
      path: z.object({ sourceId: z.string() }),
      answers: { 202: z.object({ submissionId }), 303: z.object({}) },
      refusals: { 'signature-invalid': 401, 'source-not-found': 404, 'body-too-large': 413 },
    },
    'GET /webhooks/{sourceId}': {
      summary: 'Answers the handshake by which some senders ask whether we know the secret.',
      roles: 'signature',
      proof: 'the sender asks with what only the two of us know',
      path: z.object({ sourceId: z.string() }),
      answers: { 200: z.union([z.string(), z.record(z.string(), z.string())]) },
      refusals: { 'handshake-invalid': 401, 'source-not-found': 404 },
    },
    'GET /webhooks/{sourceId}/stamp': {
      summary: 'The time at which a form was opened, signed; the page puts it into the field `_stamp`.',
      roles: 'signature',
      proof: 'open to every visitor of the form',
      path: z.object({ sourceId: z.string() }),
      answers: { 200: z.object({ stamp: z.string() }) },
      refusals: { 'source-not-found': 404 },
    },
  },
});
