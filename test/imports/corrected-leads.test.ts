import { envelopeReader, importStarted, importStatus, reportingOnFact } from '@meilenstein/contracts';
import { leadsInMemory, type LeadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import { reportingStores } from '@meilenstein/reporting/stores';
import { inMemory } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const day = (number: number): string => new Date(Date.UTC(2025, 5, 1 + number, 8)).toISOString();

type Row = {
  readonly occurred: number;
  readonly known: number;
  readonly owner: string | undefined;
  readonly mail: number;
  readonly company: number | undefined;
  readonly name: string | undefined;
  readonly converted: { readonly into: number; readonly on: number } | undefined;
};

const lineOf = ({ occurred, known, owner, mail, company, name, converted }: Row, number: number) => ({
  kind: 'lead',
  externalId: `L-${number}`,
  occurredAt: day(occurred),
  recordedAt: day(occurred + known),
  person: { email: `p${mail}@person${number}.example`, name, company: company === undefined ? undefined : `Firm ${company}` },
  owner,
  converted: converted && { opportunityExternalId: `O-${converted.into}`, occurredAt: day(occurred + converted.on) },
});

const small = fc.integer({ min: 0, max: 3 });
const named = fc.record({
  occurred: fc.integer({ min: 0, max: 40 }),
  known: small,
  owner: fc.constantFrom('ann', 'bob'),
  mail: small,
  company: fc.option(small, { nil: undefined }),
  name: fc.constantFrom(undefined, 'Ada', 'Ada Byron'),
  converted: fc.option(fc.record({ into: small, on: small }), { nil: undefined }),
});
/** Whom the rules give a lead depends on all that they gave away before: there, everything but the owner is corrected. */
const routed = named.map((row): Row => ({ ...row, owner: undefined, converted: undefined }));
const files = fc.oneof(
  fc.array(fc.tuple(named, named), { minLength: 1, maxLength: 5 }),
  fc.array(fc.tuple(routed, routed), { minLength: 1, maxLength: 5 }),
);

const upload = async (leads: LeadsInMemory, lines: readonly unknown[]) => {
  const { importId } = importStarted.parse((await leads.call('POST /leads/imports', { body: { system: 'old-crm' } })).json);
  await leads.upload(importId, lines);
  await leads.settle();
  return importStatus.parse((await leads.call('GET /leads/imports/{importId}', { path: { importId } })).json);
};

const judged = async (): Promise<LeadsInMemory> => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  const headers = { 'if-match': '0' };
  const fit = [{ id: 'company', when: { field: 'company', test: 'present' }, points: 40 }];
  await leads.call('PUT /points', { body: { fit, engagement: [] }, headers });
  const mql = { field: 'company', test: 'present' };
  await leads.call('PUT /qualification', {
    body: { mql, sql: { intent: { field: 'bant.need', test: 'present' }, fit: mql }, categories: [] },
    headers,
  });
  return leads;
};

const forgets = /^(IMPORT|CLAIM|TURNS)/;
const isHistory = /^(COMMIT|CONFIDENTIAL)#/;

/**
 * All that leads keeps and shows, but the history, what rules saw when they decided, and by which keys a person is found: an old address
 * goes on to lead to it.
 */
const keptBy = (leads: LeadsInMemory) =>
  leads.table
    .dump()
    // Each company has a secret of its own by which it recognises persons, and keeps its fingerprint.
    .filter(({ pk, sk }) => !forgets.test(pk) && !isHistory.test(sk) && pk !== 'PERSON_KEY')
    .map(({ version: _, state, ...item }) => ({
      ...item,
      state: typeof state === 'object' ? { ...state, keys: null, routing: null } : state,
    }))
    .toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));

const openOf = (leads: LeadsInMemory) =>
  leads.table
    .dump()
    .filter(({ pk, sk, open }) => pk === 'TURNS' && sk.startsWith('OPEN#') && open !== 0)
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1));

/** What reporting counts after it received everything, in any order. */
const countedBy = async (leads: LeadsInMemory) => {
  const tools = inMemory('2026-03-02T09:00:00Z');
  const received = leads.events().filter((event) => reportingOnFact.receives.some((one) => one.name === event.name));
  await reportingStores(tools).facts.fold(received.toReversed().map(envelopeReader(reportingOnFact.receives)));
  return tools.table
    .dump()
    .filter(({ pk }) => pk.startsWith('FACTS#'))
    .map(({ pk, fact }) => ({ pk, fact }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};

it('a file of leads and then the corrected file give the same as the corrected file alone', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (pairs) => {
      const [said, corrected] = [pairs.map(([one], number) => lineOf(one, number)), pairs.map(([, one], number) => lineOf(one, number))];
      const [twice, once] = [await judged(), await judged()];
      await upload(twice, said);
      const { updated, unchanged } = await upload(twice, corrected);
      await upload(once, corrected);
      const same = pairs.filter((_, number) => JSON.stringify(said[number]) === JSON.stringify(corrected[number]));
      expect({ updated, unchanged }).toEqual({ updated: pairs.length - same.length, unchanged: same.length });
      expect(keptBy(twice)).toEqual(keptBy(once));
      expect(openOf(twice)).toEqual(openOf(once));
      expect(await countedBy(twice)).toEqual(await countedBy(once));
      expect(await upload(twice, corrected)).toMatchObject({ updated: 0, unchanged: pairs.length, rejected: 0 });
    }),
    { numRuns: 40 },
  );
});
