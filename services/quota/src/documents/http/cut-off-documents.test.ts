import type { Organisation, Plan } from '@meilenstein/contracts';
import { day } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largeOrganisation, largePlan } from '../../testing/large-company.ts';
import { quotaInMemory, settings } from '../../testing/quota-in-memory.ts';
import { dyingTable } from '../../testing/watched-table.ts';

const company = largeOrganisation(70, 4);
const later = day.parse('2026-07-01');

/** Every third rep is renamed, the last twelve leave, and there is a new team. */
const changed: Organisation = {
  teams: [...company.teams, ...largeOrganisation(5, 5).teams.slice(4)],
  reps: company.reps.slice(0, 58).map((rep, index) => (index % 3 === 0 ? { ...rep, name: `${rep.name} the second` } : rep)),
};

const first = largePlan(company);
const next = (remaining: number, amount: string): Plan => {
  const { targets } = largePlan(company, amount);
  return { ...first, effectiveFrom: later, targets: targets.slice(0, targets.length - remaining) };
};

const withSettings = async () => {
  const { through, dieAfter } = dyingTable();
  const quota = quotaInMemory(undefined, through);
  await quota.put('settings', settings);
  const planOf = async (planId = 'p') => (await quota.call('GET /plans/{planId}', { path: { planId } })).json;
  /** The attainment of the company, a team and a rep. */
  const attainments = () =>
    Promise.all(['company', 'team:team-0', 'rep:rep-3', 'rep:rep-69'].map(async (node) => (await quota.attainment(node, 'FY2026')).json));
  return { ...quota, planOf, attainments, dieAfter };
};
const withPlan = async () => {
  const quota = await withSettings();
  expect((await quota.put('organisation', company, '*')).status).toBe(200);
  expect((await quota.putPlan(first)).status).toBe(200);
  return quota;
};
const transactions = fc.integer({ min: 0, max: 8 });
/** The last event of each node, which is what other services know. */
const lastEvents = (events: readonly { readonly name: string; readonly subject: string; readonly data: unknown }[], name: string) =>
  Object.fromEntries(events.filter((event) => event.name === name).map(({ subject, data }) => [subject, data]));

describe('an organisation whose PUT is cut off after any transaction', () => {
  it('is complete after the same request is sent again, and no event is emitted twice', async () => {
    const whole = await withSettings();
    await whole.put('organisation', company, '*');
    const { etag } = await whole.call('GET /organisation');
    await whole.put('organisation', changed, etag);
    const expected = (await whole.call('GET /organisation')).json;
    await fc.assert(
      fc.asyncProperty(transactions, transactions, async (one, two) => {
        const quota = await withSettings();
        for (const [document, ifMatch, remaining] of [
          [company, '*', one],
          [changed, etag, two],
        ] as const) {
          quota.dieAfter(remaining);
          const broken = await quota.put('organisation', document, ifMatch);
          quota.dieAfter(Number.POSITIVE_INFINITY);
          const ended = broken.status === 200 ? broken : await quota.put('organisation', document, ifMatch);
          expect(ended.status).toBe(200);
        }
        expect((await quota.call('GET /organisation')).json).toEqual(expected);
        const eventLines = (events: ReturnType<typeof quota.events>) =>
          events.map(({ name, subject, sequence }) => `${subject} ${sequence} ${name}`).toSorted();
        expect(eventLines(quota.events())).toEqual(eventLines(whole.events()));
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('accepts the same request at once, and any other request a minute later', async () => {
    const quota = await withSettings();
    quota.dieAfter(2);
    expect((await quota.put('organisation', company, '*')).status).toBe(500);
    quota.dieAfter(Number.POSITIVE_INFINITY);
    expect(await quota.put('organisation', changed, '*')).toMatchObject({ status: 412, code: 'version-conflict' });
    quota.move(60_000);
    expect((await quota.put('organisation', changed, '*')).status).toBe(200);
  });
});

describe('a plan whose PUT is cut off after any transaction', () => {
  it('shows the complete previous version until the same request is sent again, and then the complete new one', async () => {
    const wanted = next(40, '240000.00');
    const whole = await withPlan();
    const before = { plan: await whole.planOf(), attainments: await whole.attainments() };
    expect((await whole.putPlan(wanted, '"1"')).status).toBe(200);
    const after = { plan: await whole.planOf(), attainments: await whole.attainments() };
    await fc.assert(
      fc.asyncProperty(transactions, async (remaining) => {
        const quota = await withPlan();
        quota.dieAfter(remaining);
        const broken = await quota.putPlan(wanted, '"1"');
        quota.dieAfter(Number.POSITIVE_INFINITY);
        expect({ plan: await quota.planOf(), attainments: await quota.attainments() }).toEqual(broken.status === 200 ? after : before);
        const ended = broken.status === 200 ? broken : await quota.putPlan(wanted, '"1"');
        expect(ended).toMatchObject({ status: 200, json: { version: 2 } });
        expect({ plan: await quota.planOf(), attainments: await quota.attainments() }).toEqual(after);
        expect(quota.events().filter((event) => event.name === 'TargetsSet')).toHaveLength(75 * 2);
        expect(lastEvents(quota.events(), 'TargetsSet')).toEqual(lastEvents(whole.events(), 'TargetsSet'));
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('leaves no trace after another request has put a different plan', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.constantFrom(2026, 2027), async (remaining, fiscalYear) => {
        const [quota, undisturbed] = [await withPlan(), await withPlan()];
        const corrected = { ...next(20, '360000.00'), effectiveFrom: day.parse('2026-02-01') };
        quota.dieAfter(remaining);
        expect((await quota.putPlan({ ...next(40, '240000.00'), fiscalYear }, '"1"')).status).toBe(500);
        quota.dieAfter(Number.POSITIVE_INFINITY);
        quota.move(60_000);
        undisturbed.move(60_000);
        expect((await quota.putPlan(corrected, '"1"')).status).toBe(200);
        expect((await undisturbed.putPlan(corrected, '"1"')).status).toBe(200);
        expect(await quota.planOf()).toEqual(await undisturbed.planOf());
        expect(await quota.attainments()).toEqual(await undisturbed.attainments());
        // The claims of reverted targets are free; the others are not.
        const other = { ...next(0, '1.00'), fiscalYear: 2027, effectiveFrom: day.parse('2027-01-01') };
        expect((await quota.putPlan(other, undefined, 'q')).status).toBe(200);
        expect(await quota.putPlan(first, undefined, 'r')).toMatchObject({ status: 422, code: 'target-in-another-plan' });
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('a document whose response was lost', () => {
  /** A response without the id of its own request. */
  const withoutRequestId = ({ status, etag, json }: { readonly status: number; readonly etag: string; readonly json: unknown }) => ({
    status,
    etag,
    json,
  });

  it('may be put again by the same request, which changes nothing and gets the same answer', async () => {
    const quota = await withSettings();
    const organised = await quota.put('organisation', company, '*');
    const planned = await quota.putPlan(first);
    // While the organisation is the same: targets count the days of members, so a plan shows others once somebody has moved.
    expect(withoutRequestId(await quota.putPlan(first))).toEqual(withoutRequestId(planned));
    const { length } = quota.events();
    const { etag } = organised;
    const moved = await quota.put('organisation', changed, etag);
    expect(withoutRequestId(await quota.put('organisation', changed, etag))).toEqual(withoutRequestId(moved));
    expect(await quota.put('organisation', company, etag)).toMatchObject({ status: 412 });
    expect(quota.events().length).toBeGreaterThan(length);
    expect(await quota.putPlan(next(60, '1.00'), '"7"')).toMatchObject({ status: 412 });
  });
});
