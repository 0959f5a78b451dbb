import { randomBytes } from 'node:crypto';
import {
  sourceSettings,
  providerName,
  type Caller,
  type HandlersOf,
  type leadsApi,
  type SourceCredential,
  type SourceSettings,
  type SourceView,
} from '@meilenstein/contracts';
import { addDays, refused, sourceId, type SourceId } from '@meilenstein/kernel';
import { answerChange, expectedVersion, maySpeakFor } from '@meilenstein/runtime';
import { reconcile } from '../domain/reconciliation.ts';
import {
  configureSource,
  issueSecret,
  ownSettingsOf,
  registerSource,
  replaceCredential,
  defaultSettings,
  type RegisteredSource,
} from '../domain/source.ts';
import { providers } from '../providers/providers.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { notQuarantined, quarantine } from './quarantine.ts';
import { tryReading } from './try-reading.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  Extract<keyof (typeof leadsApi)['routes'], `${string} /sources${string}` | 'GET /providers'>
>;

const sourceNotFound = refused('source-not-found', 'sourceId: no source has this id; GET /sources lists them');

const payloadIsMissing = refused(
  'payload-missing',
  'body: send either the body of a delivery or the submissionId of a quarantined submission, not both',
  { field: 'body' },
);

const addressOf = (source: Pick<RegisteredSource, 'sourceId'>): string => `/webhooks/${source.sourceId}`;

const viewOf = ({ sourceId: id, provider, settings, settingsVersion, secretNumber }: RegisteredSource): SourceView => ({
  sourceId: id,
  provider,
  settingsVersion,
  ...settings,
  webhookPath: addressOf({ sourceId: id }),
  secretFrom: providers[provider].secret.from,
  secretNumber,
});

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
/** A token is part of an address, where base64 would have to be escaped. */
const newToken = (): string => randomBytes(32).toString('base64url');

const onlySpeaksForSources = (caller: Caller): boolean => caller.roles.every((role) => role === 'integration');

type GivenSettings = { readonly [Key in keyof SourceSettings]?: SourceSettings[Key] | undefined };

/** The given settings, completed by others; `undefined` counts as not given. */
const settingsOf = (given: GivenSettings, otherwise: SourceSettings): SourceSettings =>
  sourceSettings.parse({ ...otherwise, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) });

export const sourceRoutes = (deps: LeadsDeps): Routes => {
  const { sources, secrets, submissions } = deps.stores;
  const { open } = quarantine(deps);

  const visible = async (caller: Caller, id: SourceId) => (maySpeakFor(caller, id) ? sources.versioned(id) : undefined);

  /** The value is stored before its number is issued, so that every valid number has a value. */
  const issue = async (source: RegisteredSource, given: string | undefined) => {
    const { verifyToken, secret: about } = providers[source.provider];
    let number = source.secretNumber;
    for (let tries = 0; tries < 20; tries += 1) {
      const secret = given ?? (about.use === 'token' ? newToken() : newSecret());
      number = await secrets.keep(source.sourceId, number, secret);
      const result = await sources.change(source.sourceId, (state) => issueSecret(state, number, deps.clock.now()));
      if (!('changed' in result) || result.changed.state.status !== 'registered') continue;
      const { state } = result.changed;
      const webhookPath = about.use === 'token' ? `${addressOf(state)}?token=${encodeURIComponent(secret)}` : addressOf(state);
      const once = { secret, webhookPath, verifyToken: verifyToken?.(secret) ?? null, number };
      return { source: state, once: { ...once, previousValidUntil: state.previous?.validUntil ?? null } };
    }
    throw new Error(`source ${source.sourceId}: too many concurrent changes of its secrets`);
  };

  /** The history says it before the value is stored, so that no credential changes without a trace. */
  const replace = (id: SourceId, credential: SourceCredential) => sources.change(id, (state) => replaceCredential(state, credential));

  return {
    'GET /providers': async () => ({
      status: 200,
      body: {
        items: providerName.options.map((provider) => {
          const { secret, readFetched, redirectOf, verifyToken } = providers[provider];
          return {
            provider,
            secretFrom: secret.from,
            secretUse: secret.use,
            needsAccessToken: readFetched !== undefined,
            needsVerifyToken: verifyToken !== undefined,
            redirects: redirectOf !== undefined,
            settings: ownSettingsOf(provider),
          };
        }),
      },
    }),
    'GET /sources': async ({ query, caller }) => {
      if (!onlySpeaksForSources(caller)) {
        const page = await sources.byName(query);
        return { status: 200, body: { items: page.items.map(viewOf), next: page.next } };
      }
      const named = caller.sources.flatMap((name) => sourceId.safeParse(name).data ?? []).slice(0, query.limit);
      const found = await Promise.all(named.map((id) => sources.registered(id)));
      return { status: 200, body: { items: found.flatMap((source) => (source === undefined ? [] : [viewOf(source)])), next: null } };
    },
    'POST /sources': async ({ body, newId }) => {
      const id = sourceId.parse(newId());
      const { provider, secret, ...given } = body;
      const registered = await sources.change(id, (state) =>
        registerSource(state, { sourceId: id, provider, settings: settingsOf(given, { ...defaultSettings, name: given.name }) }),
      );
      if ('refused' in registered) return { refused: registered.refused };
      const source = await sources.registered(id);
      if (source === undefined) throw new Error(`source ${id}: was registered but does not exist`);
      const { from, use } = providers[provider].secret;
      const location = `/sources/${id}`;
      // If the sender makes the secret, it may be given later.
      if (from === 'sender' && secret === undefined) return { status: 201, body: { source: viewOf(source), secret: null }, location };
      const issued = await issue(source, secret);
      return { status: 201, body: { source: viewOf(issued.source), secret: use === 'stamp' ? null : issued.once }, location };
    },
    'GET /sources/{sourceId}': async ({ path, caller }) => {
      const found = await visible(caller, path.sourceId);
      return found === undefined ? sourceNotFound : { status: 200, body: viewOf(found.source), etag: String(found.version) };
    },
    'PUT /sources/{sourceId}': async ({ path, body, ifMatch }) => {
      const result = await sources.change(path.sourceId, (state) => configureSource(state, body), expectedVersion(ifMatch));
      return answerChange(result, ({ state, version }) =>
        state.status === 'none' ? sourceNotFound : { status: 200, body: viewOf(state), etag: String(version) },
      );
    },
    'POST /sources/{sourceId}/try': async ({ path, body: { body, submissionId, contentType, settings = {} }, caller, language }) => {
      const source = await sources.registered(path.sourceId);
      if (source === undefined) return sourceNotFound;
      const tried = { ...source, settings: settingsOf(settings, source.settings) };
      if (submissionId === undefined && body !== undefined)
        return {
          status: 200,
          body: tryReading(tried, await providers[source.provider].read({ bytes: Buffer.from(body), contentType }), language),
        };
      if (submissionId === undefined || body !== undefined) return payloadIsMissing;
      const found = await open(submissionId, caller);
      return found?.source.sourceId === source.sourceId
        ? { status: 200, body: tryReading(tried, found.reading, language) }
        : notQuarantined;
    },
    'POST /sources/{sourceId}/secrets': async ({ path, body }) => {
      const source = await sources.registered(path.sourceId);
      if (source === undefined) return sourceNotFound;
      const { from, use } = providers[source.provider].secret;
      if (use === 'stamp')
        return refused('provider-unsigned', `sourceId: its provider ${source.provider} signs nothing, so no secret is needed`);
      if (from === 'sender' && body.secret === undefined)
        return refused('secret-missing', `secret: ${source.provider} makes the secret; copy it from there`, { field: 'secret' });
      return { status: 201, body: (await issue(source, body.secret)).once };
    },
    'PUT /sources/{sourceId}/captcha': async ({ path, body }) => {
      const replaced = await replace(path.sourceId, 'captcha-secret');
      if ('refused' in replaced) return { refused: replaced.refused };
      await secrets.keepCaptcha(path.sourceId, body.secret);
      return { status: 200, body: { sourceId: path.sourceId } };
    },
    'PUT /sources/{sourceId}/access-token': async ({ path, body }) => {
      const source = await sources.registered(path.sourceId);
      if (source === undefined) return sourceNotFound;
      if (providers[source.provider].readFetched === undefined)
        return refused('setting-not-supported', `sourceId: ${source.provider} delivers everything; there is nothing to fetch`);
      const replaced = await replace(path.sourceId, 'access-token');
      if ('refused' in replaced) return { refused: replaced.refused };
      await secrets.keepAccessToken(path.sourceId, body.token);
      return { status: 200, body: { sourceId: path.sourceId } };
    },
    'GET /sources/{sourceId}/reconciliation': async ({ path, query, caller }) => {
      const found = await visible(caller, path.sourceId);
      if (found === undefined) return sourceNotFound;
      return { status: 200, body: reconcile(path.sourceId, query.day, await submissions.ofSourceOn(path.sourceId, query.day)) };
    },
    'GET /sources/{sourceId}/reconciliations': async ({ path, query, caller }) => {
      const found = await visible(caller, path.sourceId);
      if (found === undefined) return sourceNotFound;
      const days = Array.from({ length: query.days }, (_, back) => addDays(query.until, -back));
      const items = await Promise.all(
        days.map(async (each) => reconcile(path.sourceId, each, await submissions.ofSourceOn(path.sourceId, each))),
      );
      return { status: 200, body: { items } };
    },
  };
};
