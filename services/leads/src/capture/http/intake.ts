import { createHmac } from 'node:crypto';
import { intakeApi, type HandlersOf, type RawRequest } from '@meilenstein/contracts';
import { refused, sourceId, submissionId } from '@meilenstein/kernel';
import { count, deriveId, http, type HttpDeps } from '@meilenstein/runtime';
import { networkOf } from '../domain/rate.ts';
import type { RegisteredSource } from '../domain/source.ts';
import type { Part } from '../providers/provider.ts';
import { providers } from '../providers/providers.ts';
import { stampOf } from '../providers/stamp.ts';
import type { IntakeStore } from '../store/intake-store.ts';

export type IntakeDeps = HttpDeps & { readonly stores: IntakeStore };

const unknown = refused('source-not-found', 'there is no such address; check the URL that the form posts to');
// Why it does not fit would help only somebody who guesses.
const notGenuine = refused('signature-invalid', 'the signature does not fit');
const notAsked = refused('handshake-invalid', 'the question does not fit');

/** The sender's network as a keyed digest, for limits only: it tells that two came from the same place, and not from which. */
const networkDigest = (raw: RawRequest, secrets: readonly string[]): string | null => {
  const network = networkOf(raw.address);
  const [key] = secrets;
  return network === null || key === undefined ? null : createHmac('sha256', key).update(network).digest('base64url').slice(0, 16);
};

/** Stores a delivery before anybody reads it. The same delivery gets the same bytes as answer. */
export const intake = (deps: IntakeDeps) => {
  const { sources, secrets, submissions } = deps.stores;

  const known = async (path: string): Promise<RegisteredSource | undefined> => {
    const id = sourceId.safeParse(path);
    const source = id.success ? await sources.registered(id.data) : undefined;
    if (source === undefined) count('SourceUnknown');
    return source;
  };

  const keep = async (source: RegisteredSource, part: Part, about: { readonly contentType: string; readonly network: string | null }) => {
    const id = submissionId.parse(deriveId('submission', source.sourceId, part.id));
    const { contentType, network } = about;
    await submissions.keep({ submissionId: id, sourceId: source.sourceId }, { bytes: part.bytes, contentType }, network);
    return id;
  };

  const routes: HandlersOf<typeof intakeApi> = {
    'POST /webhooks/{sourceId}': async ({ path, raw }) => {
      const source = await known(path.sourceId);
      if (source === undefined) return unknown;
      const provider = providers[source.provider];
      const now = deps.clock.now();
      const valid = await secrets.valid(source, now);
      if (!provider.isGenuine(raw, valid, source.settings, now)) {
        count('SignatureRefused');
        return notGenuine;
      }
      const parts = await provider.parts(raw, source.settings, now);
      const about = { contentType: raw.headers['content-type'] ?? '', network: networkDigest(raw, valid) };
      const [first] = await Promise.all(parts.map((part) => keep(source, part, about)));
      if (first === undefined) throw new Error(`provider ${source.provider}: a delivery without any submission`);
      const location = await provider.redirectOf?.(raw, source.settings);
      return location === undefined ? { status: 202, body: { submissionId: first } } : { status: 303, body: {}, location };
    },
    'GET /webhooks/{sourceId}': async ({ path, raw }) => {
      const source = await known(path.sourceId);
      if (source === undefined) return unknown;
      const answer = providers[source.provider].answerHandshake?.(raw.query, await secrets.valid(source, deps.clock.now()));
      if (answer === undefined) return notAsked;
      if (answer.contentType === 'text/plain') return { status: 200, body: answer.body, contentType: 'text/plain' };
      return { status: 200, body: JSON.parse(answer.body) };
    },
    'GET /webhooks/{sourceId}/stamp': async ({ path }) => {
      const source = await known(path.sourceId);
      const now = deps.clock.now();
      const [newest] = source === undefined ? [] : await secrets.valid(source, now);
      return newest === undefined ? unknown : { status: 200, body: { stamp: stampOf(newest, now) } };
    },
  };
  return http(intakeApi, routes, deps);
};
