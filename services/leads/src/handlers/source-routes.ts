import { randomBytes } from 'node:crypto';
import type { Caller, HandlersOf, leadsApi, SourceView } from '@meilenstein/contracts';
import { refused, sourceId, type SourceId } from '@meilenstein/kernel';
import { maySpeakFor } from '@meilenstein/runtime';
import { booksOf } from '../domain/books.ts';
import { issueSecret, registerSource, type RegisteredSource } from '../domain/source.ts';
import { providers } from '../providers/provider.ts';
import type { LeadsDeps } from './live-leads.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /sources' | 'POST /sources' | 'GET /sources/{sourceId}' | 'POST /sources/{sourceId}/secrets' | 'GET /sources/{sourceId}/books'
>;

const unknown = refused('source-is-unknown', 'sourceId: no source has this id; GET /sources lists them');

const viewOf = ({ status: _status, previous: _previous, ...source }: RegisteredSource): SourceView => ({
  ...source,
  webhookPath: `/webhooks/${source.sourceId}`,
});

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const onlySpeaksForSources = (caller: Caller): boolean => caller.roles.every((role) => role === 'integration');

export const sourceRoutes = ({ shelves, clock }: LeadsDeps): Routes => {
  const { sources, secrets, submissions } = shelves;

  const visible = async (caller: Caller, id: SourceId): Promise<RegisteredSource | undefined> =>
    maySpeakFor(caller, id) ? sources.registered(id) : undefined;

  /** The value is kept before the number is said, so that every number that holds has a value. */
  const issue = async (source: RegisteredSource): Promise<{ secret: string; number: number; source: RegisteredSource }> => {
    let number = source.secretNumber;
    for (let tries = 0; tries < 20; tries += 1) {
      const secret = newSecret();
      number = await secrets.keep(source.sourceId, number, secret);
      const result = await sources.change(source.sourceId, (state) => issueSecret(state, number, clock.now()));
      if ('changed' in result && result.changed.state.status === 'registered') return { secret, number, source: result.changed.state };
    }
    throw new Error(`source ${source.sourceId}: others issued secrets all the time`);
  };

  return {
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
      const { name, provider, mapping = {}, redirects = [], honeypot = null } = body;
      await sources.change(id, (state) => registerSource(state, { sourceId: id, name, provider, mapping, redirects, honeypot }));
      const source = await sources.registered(id);
      if (source === undefined) throw new Error(`source ${id}: was registered and is not there`);
      if (!providers[provider].signs) return { status: 201, body: { source: viewOf(source), secret: null } };
      const issued = await issue(source);
      const secret = { secret: issued.secret, number: issued.number, previousValidUntil: issued.source.previous?.validUntil ?? null };
      return { status: 201, body: { source: viewOf(issued.source), secret }, location: `/sources/${id}` };
    },
    'GET /sources/{sourceId}': async ({ path, caller }) => {
      const source = await visible(caller, path.sourceId);
      return source === undefined ? unknown : { status: 200, body: viewOf(source) };
    },
    'POST /sources/{sourceId}/secrets': async ({ path }) => {
      const source = await sources.registered(path.sourceId);
      if (source === undefined) return unknown;
      if (!providers[source.provider].signs)
        return refused('provider-signs-nothing', `sourceId: its provider ${source.provider} signs nothing, so it has no secrets`);
      const issued = await issue(source);
      const previousValidUntil = issued.source.previous?.validUntil ?? null;
      return { status: 201, body: { secret: issued.secret, number: issued.number, previousValidUntil } };
    },
    'GET /sources/{sourceId}/books': async ({ path, query, caller }) => {
      const source = await visible(caller, path.sourceId);
      if (source === undefined) return unknown;
      return { status: 200, body: booksOf(source.sourceId, query.day, await submissions.ofSourceOn(source.sourceId, query.day)) };
    },
  };
};
