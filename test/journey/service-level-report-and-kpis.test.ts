import { envelopeReader, reportingOnFact, serviceLevelReportView, type Node } from '@meilenstein/contracts';
import { boundsOf, periodNamed, timeZone, toInstant, type FiscalCalendar } from '@meilenstein/kernel';
import { serviceLevelReport } from '@meilenstein/leads/service-levels/domain/service-level-report';
import { leadsInMemory } from '@meilenstein/leads/testing/leads-in-memory';
import { factsOfEvents } from '@meilenstein/reporting/facts/domain/facts-of-events';
import { serviceLevelCompliance } from '@meilenstein/reporting/kpis/domain/kpis/service-level-compliance';
import { factsBefore, factsOfNode } from '@meilenstein/reporting/facts/domain/facts-before-cut-off';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const minute = 60_000;
// A Monday, 10:00 in Berlin; all of it happens in March.
const monday = '2026-03-02T09:00:00.000Z';
const reps = ['ann', 'bob', 'cem'];
const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));
const escalations = [{ afterMinutes: 20, act: 'requeue' }];
const level = {
  id: 'hour',
  name: 'Hour',
  when: { field: 'email', test: 'present' },
  minutes: 60,
  hours: { zone: 'Europe/Berlin', windows },
  escalations,
};

const steps = [{ id: 'call', afterMinutes: 3000, act: 'task', title: 'Call' }];
const sequence = { sequenceId: 'welcome', name: 'Welcome', category: null, purpose: null, steps };

const acts = [
  'write',
  'answer',
  'answered-before',
  'wait',
  'resume',
  'disqualify',
  'give-back',
  'assign',
  'convert',
  'merge',
  'unmerge',
  'erase',
] as const;
type Step = { readonly act: (typeof acts)[number]; readonly person: number; readonly rep: number; readonly minutes: number };
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom<Step['act']>('write', 'write', 'write', 'wait', 'disqualify', ...acts, ...acts.slice(0, -1)),
  person: fc.nat(1),
  rep: fc.nat(reps.length - 1),
  minutes: fc.constantFrom(0, 1, 10, 25, 40, 61, 200, 1500),
});

const company = async () => {
  const leads = leadsInMemory(monday);
  await leads.hire(...reps);
  await leads.call('PUT /service-levels', { body: { levels: [level] }, headers: { 'if-match': '0' } });
  await leads.call('PUT /follow-up-sequences', { body: { sequences: [sequence] }, headers: { 'if-match': '0' } });
  const form = await leads.register('html-form');
  const known = new Map<number, string>();
  const write = async (person: number): Promise<void> => {
    await leads.submit(form.id, { email: `p${person}@mills.example`, message: `at ${leads.clock.now()}` });
    await leads.settle();
    const newest = leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject;
    if (newest !== undefined && ![...known.values()].includes(newest)) known.set(person, newest);
  };
  const bodies: Readonly<Record<string, (of: Step) => unknown>> = {
    answer: () => ({ channel: 'call' }),
    'answered-before': () => ({ channel: 'call', at: new Date(Date.parse(leads.clock.now()) - 15 * minute).toISOString() }),
    disqualify: () => ({ reason: 'no-budget' }),
    'give-back': () => ({ reason: 'no-time' }),
    assign: ({ rep }) => ({ repId: reps[rep] }),
    merge: ({ person }) => ({ other: known.get(1 - person) ?? '' }),
    unmerge: ({ person }) => ({ absorbed: known.get(1 - person) ?? '' }),
  };
  const take = async (one: Step): Promise<void> => {
    leads.move(one.minutes * minute);
    await leads.sweep();
    await leads.settle();
    const leadId = known.get(one.person);
    if (one.act === 'write' || leadId === undefined) return write(one.person);
    const path = { leadId };
    const routes: Readonly<Record<string, string>> = { 'answered-before': 'POST /leads/{leadId}/answer', erase: 'DELETE /leads/{leadId}' };
    await leads.call(routes[one.act] ?? `POST /leads/{leadId}/${one.act}`, {
      path,
      body: bodies[one.act]?.(one) ?? {},
      headers: { 'if-match': '*' },
    });
    return leads.settle();
  };
  return { leads, take };
};

const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const zone = timeZone.parse('UTC');
const read = envelopeReader(reportingOnFact.receives);
const names = new Set<string>(reportingOnFact.receives.map((one) => one.name));
const nodes: readonly Node[] = [{ level: 'company', key: 'company' }, ...reps.map((key) => ({ level: 'rep' as const, key }))];

/** What the report of March says of each node, as known now. */
const reported = ({ events, clock }: Pick<ReturnType<typeof leadsInMemory>, 'events' | 'clock'>): readonly string[] => {
  const period = periodNamed(calendar, '2026-03');
  if (period === undefined) throw new Error('there is no March');
  const received = events()
    .filter((event) => names.has(event.name))
    .map((event) => read(event));
  const reportFacts = [...Map.groupBy(received, (event) => event.subject).values()].flatMap(factsOfEvents);
  const cutOff = clock.now();
  return nodes.map((node) => {
    const facts = factsOfNode({ reportFacts: factsBefore(cutOff, reportFacts), targets: [], calendar }, node);
    const [kept] = serviceLevelCompliance.measure(facts, { period, ...boundsOf(period, zone), cutOff, zone, calendar, node });
    return `${node.key}: ${kept?.numerator}/${kept?.denominator}`;
  });
};

const march = { from: toInstant('2026-03-01T00:00:00Z'), until: toInstant('2026-04-01T00:00:00Z') };

it('the service-level report and the weekly report agree for every rep, whatever happens to the leads', async () => {
  const all = fc.array(step, { minLength: 6, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(all, async (steps) => {
      const { leads, take } = await company();
      for (const one of steps) await take(one);
      // What is known at this very instant is reported from the next one on.
      leads.move(1);
      const body = serviceLevelReportView.parse(
        (await leads.call('GET /service-level-report', { query: { month: '2026-03' } })).json,
      ).sales;
      expect(body.missed).toHaveLength(body.due - body.kept.numerator);
      const entries = await leads.stores.volumeCommitments.serviceLevelsIn(march);
      const ofRep = (rep: string) =>
        serviceLevelReport(
          entries.filter((entry) => entry.ownerId === rep),
          { commitments: [], qualified: [] },
          { ...march, now: leads.clock.now() },
        ).sales;
      const booked = [['company', body] as const, ...reps.map((rep) => [rep, ofRep(rep)] as const)];
      expect(booked.map(([key, { kept }]) => `${key}: ${kept.numerator}/${kept.denominator}`)).toEqual(reported(leads));
    }),
    { numRuns: 30 },
  );
}, 120_000);
