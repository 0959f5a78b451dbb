import { companyEvents, envelopeReader, type Company } from '@meilenstein/contracts';
import { quotaInMemory } from '@meilenstein/quota/testing/quota-in-memory';
import { companyCopy } from '@meilenstein/runtime';
import { inMemory } from '@meilenstein/runtime/testing/in-memory';
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** The service stands at 2 March: some of these days are over. */
const days = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-10', '2026-04-01');
const teams = ['north', 'south', 'ann'] as const;
const reps = ['ann', 'bob', 'boss'] as const;

const team = (teamId: string) =>
  fc.record({
    teamId: fc.constant(teamId),
    name: fc.constantFrom('Nord', 'Süd'),
    managers: fc.constantFrom<readonly string[]>(['boss'], []),
    effectiveFrom: fc.constantFrom('2026-01-01', '2026-02-01'),
  });
const memberships = fc
  .uniqueArray(fc.record({ teamId: fc.constantFrom(...teams), effectiveFrom: days }), {
    minLength: 1,
    maxLength: 2,
    selector: (one) => one.effectiveFrom,
  })
  .map((all) => all.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)));
const rep = (repId: string) =>
  fc.record({
    repId: fc.constant(repId),
    repCode: fc.constantFrom(`${repId}-1`, `${repId}-2`),
    name: fc.constantFrom('Ada', 'Bea'),
    role: fc.constantFrom('rep', 'manager'),
    loginSubject: fc.constantFrom(`login-${repId}`, `l-${repId}`),
    memberships,
    leavesOn: fc.constantFrom(null, '2026-05-01', '2026-06-01'),
  });
const organisation = fc.record({ teams: fc.tuple(...teams.map(team)), reps: fc.tuple(...reps.map(rep)) });
/** An organisation, and the same with one column of one team or rep as another one has it. */
const corrections = fc.tuple(organisation, organisation, fc.nat(), fc.nat()).map(([said, other, which, column]) => {
  const one = [...said.teams, ...said.reps][which % (teams.length + reps.length)];
  const replaced = <Node extends object>(node: Node, index: number, others: readonly Node[]): Node => {
    if (node !== one) return node;
    const [name, value] = Object.entries(others[index] ?? node)[column % Object.keys(node).length] ?? [];
    return name === undefined ? node : { ...node, [name]: value };
  };
  const corrected = {
    teams: said.teams.map((node, index) => replaced(node, index, other.teams)),
    reps: said.reps.map((node, index) => replaced(node, index, other.reps)),
  };
  return { said, corrected };
});
const plain = <Json>(value: Json): unknown => JSON.parse(JSON.stringify(value));
const sorted = (document: {
  readonly teams: readonly { readonly teamId: string }[];
  readonly reps: readonly { readonly repId: string }[];
}) => ({
  teams: document.teams.toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1)),
  reps: document.reps.toSorted((a, b) => (a.repId < b.repId ? -1 : 1)),
});

type Quota = ReturnType<typeof quotaInMemory>;

/** What every other service knows after it heard everything. */
const copyOf = async (quota: Quota): Promise<Company> => {
  const copy = companyCopy(inMemory('2026-03-02T09:00:00Z'));
  await copy.fold(quota.events().toReversed().map(envelopeReader(companyEvents)));
  return copy.read();
};

it('an organisation and then its correction give the same as the corrected one alone, or the correction is refused', async () => {
  await fc.assert(
    fc.asyncProperty(corrections, async ({ said, corrected }) => {
      const [twice, once] = [quotaInMemory(), quotaInMemory()];
      fc.pre((await twice.put('organisation', said)).status === 200);
      const before = await twice.call('GET /organisation');
      const answer = await twice.put('organisation', corrected);
      const after = await twice.call('GET /organisation');
      expect(after.json).toEqual(answer.status === 200 ? plain(sorted(corrected)) : before.json);
      // What has become history may stand where a first document may not say it.
      fc.pre(answer.status === 200 && (await once.put('organisation', corrected)).status === 200);
      expect(await copyOf(twice)).toEqual(await copyOf(once));
    }),
    { numRuns: 200 },
  );
});
