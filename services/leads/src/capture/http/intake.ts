import { intakeApi, type HandlersOf, type RawRequest } from '@meilenstein/contracts';
import { refused, sourceId, submissionId, type SubmissionId } from '@meilenstein/kernel';
import { count, deriveId, http, type HttpDeps } from '@meilenstein/runtime';
import { networkOf } from '../domain/rate.ts';
import type { RegisteredSource } from '../domain/source.ts';
import { derivedDigest } from '../providers/derived-digest.ts';
import type { Part } from '../providers/provider.ts';
import { providers } from '../providers/providers.ts';
import { stampOf } from '../providers/stamp.ts';
import type { IntakeStore } from '../store/intake-store.ts';

const partsAtOnce = 25;

export type IntakeDeps = HttpDeps & { readonly stores: IntakeStore };

const sourceNotFound = refused('source-not-found', 'sourceId: no source has this id; check the URL that the form posts to');
// A reason would help only an attacker.
const notGenuine = refused('signature-invalid', 'the signature does not match');
const handshakeInvalid = refused('handshake-invalid', 'the handshake does not match');

/** The sender's network as a keyed digest, for rate limits only: it shows that two submissions share a network without revealing it. */
const networkDigest = (raw: RawRequest, secrets: readonly string[]): string | null => {
  const network = networkOf(raw.address);
  const [key] = secrets;
  return network === null || key === undefined ? null : derivedDigest(key, 'network', network).slice(0, 16);
};

/** Stores a delivery before it is read. A repeated delivery gets the same response. */
export const intake = (deps: IntakeDeps) => {
  const { sources, secrets, submissions } = deps.stores;

  const findSource = async (path: string): Promise<RegisteredSource | undefined> => {
    const id = sourceId.safeParse(path);
    const source = id.success ? await sources.registered(id.data) : undefined;
    if (source === undefined) count('SourceUnknown');
    return source;
  };

  const keep = async (
    source: RegisteredSource,
    part: Part,
    received: { readonly contentType: string; readonly network: string | null },
  ) => {
    const id = submissionId.parse(deriveId('submission', source.sourceId, part.id));
    const { contentType, network } = received;
    const raw = { bytes: part.bytes, contentType: part.contentType ?? contentType };
    await submissions.keep({ submissionId: id, sourceId: source.sourceId }, raw, network);
    return id;
  };

  /** A large batch must not take the database's connections from other deliveries. */
  const keepAll = async (source: RegisteredSource, parts: readonly Part[], received: Parameters<typeof keep>[2]) => {
    const kept: SubmissionId[] = [];
    for (let from = 0; from < parts.length; from += partsAtOnce)
      kept.push(...(await Promise.all(parts.slice(from, from + partsAtOnce).map((part) => keep(source, part, received)))));
    return kept;
  };

  const routes: HandlersOf<typeof intakeApi> = {
    'POST /webhooks/{sourceId}': async ({ path, raw }) => {
      const source = await findSource(path.sourceId);
      if (source === undefined) return sourceNotFound;
      const provider = providers[source.provider];
      const now = deps.clock.now();
      const valid = await secrets.valid(source, now);
      if (!provider.isGenuine(raw, valid, source.settings, now)) {
        count('SignatureRefused');
        return notGenuine;
      }
      const parts = await provider.parts(raw, source.settings, now);
      const received = { contentType: raw.headers['content-type'] ?? '', network: networkDigest(raw, valid) };
      const [first] = await keepAll(source, parts, received);
      if (first === undefined) throw new Error(`provider ${source.provider}: a delivery without any submission`);
      const location = await provider.redirectOf?.(raw, source.settings);
      return location === undefined ? { status: 202, body: { submissionId: first } } : { status: 303, body: {}, location };
    },
    'GET /webhooks/{sourceId}': async ({ path, raw }) => {
      const source = await findSource(path.sourceId);
      if (source === undefined) return sourceNotFound;
      const answer = providers[source.provider].answerHandshake?.(raw.query, await secrets.valid(source, deps.clock.now()));
      if (answer === undefined) return handshakeInvalid;
      if (answer.contentType === 'text/plain') return { status: 200, body: answer.body, contentType: 'text/plain' };
      return { status: 200, body: JSON.parse(answer.body) };
    },
    'GET /webhooks/{sourceId}/stamp': async ({ path }) => {
      const source = await findSource(path.sourceId);
      if (source === undefined || providers[source.provider].secret.use !== 'stamp') return sourceNotFound;
      const now = deps.clock.now();
      const [newest] = await secrets.valid(source, now);
      return newest === undefined ? sourceNotFound : { status: 200, body: { stamp: stampOf(newest, now) } };
    },
  };
  return http(intakeApi, routes, deps);
};
