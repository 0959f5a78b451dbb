import { intakeApi, type AnswerOf, type RequestOf } from '@meilenstein/contracts';
import { refused, sourceId, submissionId } from '@meilenstein/kernel';
import { count, deriveId, http, lambda } from '@meilenstein/runtime';
import { providers } from '../providers/provider.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

type Deliver = (typeof intakeApi)['routes']['POST /webhooks/{sourceId}'];

const unknown = refused('source-is-unknown', 'there is no such address; check the URL that the form posts to');
// Why it does not fit would help only somebody who guesses.
const notGenuine = refused('signature-is-invalid', 'the signature does not fit');

/** Stores a delivery before anybody reads it. The same delivery gets the same bytes as answer. */
const deliver =
  ({ shelves, clock }: LeadsDeps) =>
  async ({ path, raw }: RequestOf<Deliver>): Promise<AnswerOf<Deliver>> => {
    const id = sourceId.safeParse(path.sourceId);
    const source = id.success ? await shelves.sources.registered(id.data) : undefined;
    if (source === undefined) {
      count('SourceUnknown');
      return unknown;
    }
    const provider = providers[source.provider];
    const now = clock.now();
    if (!provider.isGenuine(raw, await shelves.secrets.valid(source, now), now)) {
      count('SignatureRefused');
      return notGenuine;
    }
    const submission = submissionId.parse(deriveId('submission', source.sourceId, provider.deliveryId(raw, now)));
    const body = { bytes: raw.bytes, contentType: raw.headers['content-type'] ?? '' };
    await shelves.submissions.keep({ submissionId: submission, sourceId: source.sourceId }, body);
    const location = provider.redirectOf(raw.bytes, source);
    return location === undefined ? { status: 202, body: { submissionId: submission } } : { status: 303, body: {}, location };
  };

export const intake = (deps: LeadsDeps) => http(intakeApi, { 'POST /webhooks/{sourceId}': deliver(deps) }, deps);
export const handler = lambda(() => intake(liveLeads()));
