import {
  ratesPublished,
  repJoined,
  repLeft,
  segmentsPublished,
  settingsChanged,
  teamChanged,
  pipelineOnAccountChanged,
  type CompanyEnvelope,
  type Envelope,
  type OpportunityRow,
  type ImportTable,
} from '@meilenstein/contracts';
import { currency, day, processId, repId, teamId, timeZone, type Instant } from '@meilenstein/kernel';
import { importJob } from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { batchOf, callOf, inMemory } from '@meilenstein/runtime/testing/in-memory';
import * as z from 'zod';
import { pipelineStores } from '../stores.ts';
import { onAccountChanged } from '../accounts/events/on-account-changed.ts';
import { importOpportunities } from '../imports/events/import-opportunities.ts';
import { onCompanyChanged } from '../opportunities/events/on-company-changed.ts';
import { onSegmentsPublished } from '../opportunities/events/on-segments-published.ts';
import { onLeadConverted } from '../opportunities/events/on-lead-converted.ts';
import { pipelineApi } from '../opportunities/http/pipeline-api.ts';

const name = { de: 'Schritt', en: 'Step' };
const milestones = [
  { id: 'need-named', name, provenBy: ['said', 'wrote'] },
  { id: 'plant-shown', name, provenBy: ['did'] },
  { id: 'ordered', name, provenBy: ['wrote'] },
] as const;

const opened = z.object({ opportunityId: z.string() });

/** The route of a command to an opportunity and the rest of its path; a verb such as `milestones/need-named/withdraw` names a part. */
export const commandRoute = (verb: string): { readonly route: string; readonly path: Readonly<Record<string, string>> } => {
  const [, part, id, what] = /^(milestones|responses)\/([^/]+)\/(\w+)$/.exec(verb) ?? [];
  const name = part === 'milestones' ? 'milestoneId' : 'responseId';
  const rest = part === undefined || id === undefined ? verb : `${part}/{${name}}/${what}`;
  return { route: `POST /opportunities/{opportunityId}/${rest}`, path: id === undefined ? {} : { [name]: id } };
};

/** The whole service in memory, with two teams (north: ann, nora; south: bob) and their managers. */
export const pipelineInMemory = async (start = '2026-03-02T09:00:00.000Z') => {
  const machinery = inMemory(start);
  const bucket = memoryBucket(machinery.clock);
  const deps = {
    ...machinery,
    stores: pipelineStores(machinery),
    bucket,
    imports: importJob({ ...machinery, bucket }),
    importQueueUrl: 'imports',
  };
  const call = callOf(pipelineApi(deps));
  const envelopeHead = (subject: string, at: Instant) => ({
    id: `quota-${subject}`,
    subject,
    sequence: 1,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    origin: 'live' as const,
    correlationId: 'c',
    causedBy: null,
  });
  const at = machinery.clock.now();
  const from = day.parse('2020-01-01');
  const envelopeOf = <Event extends { readonly name: string }>(subject: string, event: Event) => ({
    ...envelopeHead(subject, at),
    ...event,
    occurredAt: at,
    recordedAt: at,
  });
  const joined = (id: string, team: string, role: 'rep' | 'manager'): CompanyEnvelope =>
    envelopeOf(
      id,
      repJoined.of({
        repId: repId.parse(id),
        repCode: id,
        role,
        teamId: teamId.parse(team),
        loginSubject: `login-${id}`,
        effectiveFrom: from,
      }),
    );
  const team = (id: string, manager: string): CompanyEnvelope =>
    envelopeOf(
      id,
      teamChanged.of({ teamId: teamId.parse(id), name: id, parentTeamId: null, managers: [repId.parse(manager)], effectiveFrom: from }),
    );
  const [euro, frank] = [currency.parse('EUR'), currency.parse('CHF')];
  const rates = [
    { id: 'chf-february', currency: frank, from: day.parse('2026-02-01'), value: '1.05' },
    { id: 'chf-march', currency: frank, from: day.parse('2026-03-01'), value: '1.07' },
  ];
  const company: CompanyEnvelope[] = [
    team('north', 'boss'),
    team('south', 'chief'),
    joined('boss', 'north', 'manager'),
    joined('chief', 'south', 'manager'),
    joined('ann', 'north', 'rep'),
    joined('nora', 'north', 'rep'),
    joined('bob', 'south', 'rep'),
    envelopeOf('settings', settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: euro })),
    envelopeOf('rates', ratesPublished.of({ reportingCurrency: euro, rates })),
  ];
  await onCompanyChanged(deps, machinery.consumer)(batchOf(...company));
  const publishSegments = (version: number, ids: readonly string[]) => {
    const segments = ids.map((segmentId) => ({
      segmentId,
      name: segmentId,
      kind: 'firmographic' as const,
      when: { field: 'company', test: 'present' as const },
    }));
    const published = envelopeOf('market', segmentsPublished.of({ version, segments }));
    return onSegmentsPublished(deps, machinery.consumer)(batchOf({ ...published, id: `market-${version}`, sequence: version }));
  };
  await publishSegments(1, ['small', 'mid', 'enterprise']);
  const publish = (id: string) =>
    call('PUT /processes/{processId}', { path: { processId: id }, body: { name, milestones }, headers: { 'if-none-match': '*' } });
  await publish('machines');

  return {
    ...deps,
    call,
    publish,
    processId: processId.parse('machines'),
    /** leads published segments; at first there are small, mid and enterprise */
    publishSegments,
    /** a rep joins a team */
    join: (id: string, of: string) => onCompanyChanged(deps, machinery.consumer)(batchOf(joined(id, of, 'rep'))),
    /** a rep leaves the company on a day */
    leave: (id: string, on: string) =>
      onCompanyChanged(
        deps,
        machinery.consumer,
      )(
        batchOf({ ...envelopeOf(id, repLeft.of({ repId: repId.parse(id), effectiveFrom: day.parse(on) })), id: `left-${id}`, sequence: 2 }),
      ),
    convert: (detail: unknown) => onLeadConverted(deps, machinery.consumer)(batchOf(detail)),
    /** lets accounts, contacts and timelines follow from everything that has happened */
    follow: async (events: readonly Envelope[] = machinery.events()): Promise<void> => {
      const received = events.filter(({ name }) => pipelineOnAccountChanged.receives.some((event) => event.name === name));
      const { batchItemFailures } = await onAccountChanged(deps, machinery.consumer)(batchOf(...received));
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not followed`);
    },
    /** opens an opportunity for a rep, by default without an amount */
    open: async (owner = 'ann', about: object = {}): Promise<string> => {
      const body = { processId: 'machines', account: { id: 'acme', name: 'Acme' }, owner, ...about };
      const answer = await call('POST /opportunities', { body });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
      return opened.parse(answer.json).opportunityId;
    },
    get: (id: string, about: object = {}) => call('GET /opportunities/{opportunityId}', { path: { opportunityId: id }, ...about }),
    /** sends a command to an opportunity, at its current version unless another one is given */
    command: async (
      id: string,
      verb: string,
      body: unknown,
      about: { readonly ifMatch?: string; readonly role?: 'rep' | 'manager' | 'operations'; readonly subject?: string } = {},
    ) => {
      const { ifMatch, ...who } = about;
      const etag = ifMatch ?? (await call('GET /opportunities/{opportunityId}', { path: { opportunityId: id } })).etag;
      const { route, path } = commandRoute(verb);
      return call(route, {
        path: { opportunityId: id, ...path },
        body,
        headers: { 'if-match': etag === '' ? '"1"' : etag },
        ...who,
      });
    },
    /** uploads a file and runs its import; the job waits by `delay` */
    importRows: async (
      rows: Uint8Array | readonly (OpportunityRow | object | string)[],
      importId = 'i1',
      delay = deps.delay,
      table?: ImportTable,
    ) => {
      const key = `imports/${importId}.${table?.format ?? 'ndjson'}`;
      await deps.imports.start(importId, 'old-crm', { table });
      const lines = rows instanceof Uint8Array ? [] : rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
      bucket.put(key, rows instanceof Uint8Array ? rows : Buffer.from(lines.join('\n')));
      await importOpportunities({ ...deps, delay }, machinery.consumer)(batchOf({ object: { key } }));
      const result = Buffer.from((await bucket.get(`results/${importId}.ndjson`))?.bytes ?? []).toString('utf8');
      const outcome = z.object({ row: z.int(), state: z.string(), rule: z.string().optional(), field: z.string().nullish() });
      return {
        status: await deps.imports.status(importId),
        outcomes: result
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => outcome.parse(JSON.parse(line))),
      };
    },
  };
};
export type PipelineInMemory = Awaited<ReturnType<typeof pipelineInMemory>>;

/** Evidence from the customer, as a rep records it. */
export const evidence = (act: 'did' | 'said' | 'wrote', about: object = {}) => ({
  act,
  by: { party: 'customer', role: 'buyer' },
  occurredAt: '2026-03-01T22:30:00Z',
  channel: 'meeting',
  ...about,
});
