import {
  calendarPublished,
  calendarWithdrawn,
  companyEvents,
  emptyCompany,
  endedMemberships,
  envelopeReader,
  holidaysPublished,
  holidaysWithdrawn,
  ratesPublished,
  repAmended,
  repJoined,
  repLeft,
  repMembershipsCorrected,
  repMoved,
  settingsChanged,
  teamChanged,
  teamDissolved,
  withMembership,
  type Company,
  type CompanyEnvelope,
  type Fact,
  type Membership,
  type Rate,
} from '@meilenstein/contracts';
import { currency, day, repId, teamId, timeZone, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../table/table.ts';
import { inMemory } from '../testing/in-memory.ts';
import { companyCopy, companyHistory } from './company-copy.ts';
import { forgetLostFuture, isLost } from './forget-lost-future.ts';

const at = toInstant('2026-01-01T00:00:00Z');
const read = envelopeReader(companyEvents);

const eventOf = (subject: string, sequence: number, fact: Fact, { generation = 0, storedAt = at } = {}): CompanyEnvelope =>
  read({
    ...fact,
    id: `${subject}-${generation}-${sequence}`,
    subject,
    sequence,
    ...(generation === 0 ? {} : { generation }),
    occurredAt: at,
    recordedAt: at,
    storedAt,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
  });

const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'].map((one) => day.parse(one));
const [usd, chf, euro] = [currency.parse('USD'), currency.parse('CHF'), currency.parse('EUR')];
const ann = repId.parse('ann');
const north = teamId.parse('north');

const someDay = fc.constantFrom(...days);
const someTeam = fc.constantFrom(north, teamId.parse('south'), teamId.parse('west'));
const someRate = fc
  .record({ currency: fc.constantFrom(usd, chf), from: someDay, value: fc.integer({ min: 1, max: 99 }).map(String) })
  .map((rate) => ({ ...rate, id: `${rate.currency}-${rate.from}` }));
const someRates = fc.uniqueArray(someRate, { selector: ({ id }) => id, maxLength: 5 });

const joined = repJoined.of({
  repId: ann,
  repCode: 'a',
  role: 'rep',
  teamId: north,
  loginSubject: 'l',
  effectiveFrom: day.parse('2026-01-01'),
});
/** All memberships in order, each of which ends when the next one begins, or at a day before that. */
const ofMemberships = fc
  .array(fc.record({ teamId: someTeam, lasts: fc.boolean() }), { minLength: 1, maxLength: 2 })
  .map((stays) =>
    stays.flatMap(({ teamId: team, lasts }, index): Membership[] => {
      const [from, until] = [days[index * 2], days[index * 2 + 1]];
      return from === undefined
        ? []
        : [{ teamId: team, from, until: lasts ? (stays.length > index + 1 ? (days[index * 2 + 2] ?? null) : null) : (until ?? null) }];
    }),
  )
  .map((memberships) => repMembershipsCorrected.of({ repId: ann, memberships, effectiveFrom: day.parse('2026-01-01') }));
const ofRep = fc.oneof(
  fc.record({ teamId: someTeam, effectiveFrom: someDay }).map((move) => repMoved.of({ repId: ann, ...move })),
  someDay.map((effectiveFrom) => repLeft.of({ repId: ann, effectiveFrom })),
  ofMemberships,
  fc.string({ minLength: 1, maxLength: 3 }).map((repCode) => repAmended.of({ repId: ann, repCode, role: 'manager', loginSubject: 'l' })),
  fc
    .record({ teamId: someTeam, effectiveFrom: someDay })
    .map((again) => repJoined.of({ repId: ann, repCode: 'again', role: 'rep', loginSubject: 'l', ...again })),
);
const ofTeam = fc.oneof(
  fc
    .string({ minLength: 1, maxLength: 3 })
    .map((name) => teamChanged.of({ teamId: north, name, parentTeamId: null, managers: [ann], effectiveFrom: day.parse('2026-01-01') })),
  someDay.map((effectiveFrom) => teamDissolved.of({ teamId: north, effectiveFrom })),
);
const ofCalendar = fc.oneof(
  fc
    .record({ effectiveFrom: someDay, startMonth: fc.integer({ min: 1, max: 12 }) })
    .map(({ effectiveFrom, startMonth }) => calendarPublished.of({ calendar: { kind: 'months', startMonth }, effectiveFrom })),
  someDay.map((effectiveFrom) => calendarWithdrawn.of({ effectiveFrom })),
);
const ofHolidays = fc.oneof(
  fc.uniqueArray(someDay).map((holidays) => holidaysPublished.of({ region: 'DE', days: holidays })),
  fc.constant(holidaysWithdrawn.of({ region: 'DE' })),
);
const ofBase = fc
  .constantFrom('Europe/Berlin', 'Europe/Vienna')
  .map((zone) => settingsChanged.of({ zone: timeZone.parse(zone), reportingCurrency: euro, closesAfterDays: zone.length }));
/** As they are published now, and as complete lists of the first version. */
const ofRates = fc.oneof(
  fc.record({ rates: someRates, withdrawn: someRates }).map(({ rates, withdrawn }) =>
    ratesPublished.of({
      reportingCurrency: euro,
      rates,
      withdrawn: withdrawn.map((rate) => ({ currency: rate.currency, from: rate.from })),
    }),
  ),
  someRates.map((rates): Fact => ({ name: 'RatesPublished', version: 1, data: { reportingCurrency: euro, rates } })),
);

const historyOf = (subject: string, facts: fc.Arbitrary<Fact>, first: readonly Fact[] = []) =>
  fc.array(facts, { maxLength: 8 }).map((others) => [...first, ...others].map((fact, index) => eventOf(subject, index + 1, fact)));

const histories = fc
  .tuple(
    historyOf('ann', ofRep, [joined]),
    historyOf('north', ofTeam),
    historyOf('calendar', ofCalendar),
    historyOf('holidays-DE', ofHolidays),
    historyOf('settings', ofBase),
    historyOf('rates', ofRates),
  )
  .map((lists) => lists.flat());

/** What an event says to somebody who hears all events one after the other. */
const evolve = (company: Company, event: CompanyEnvelope): Company => {
  const [rep] = company.reps;
  switch (event.name) {
    case 'RepJoined': {
      const { teamId: team, effectiveFrom, ...details } = event.data;
      return { ...company, reps: [{ ...details, memberships: withMembership(rep?.memberships ?? [], team, effectiveFrom) }] };
    }
    case 'RepAmended':
      return { ...company, reps: rep === undefined ? [] : [{ ...rep, ...event.data }] };
    case 'RepMoved': {
      const { teamId: team, effectiveFrom } = event.data;
      return { ...company, reps: rep === undefined ? [] : [{ ...rep, memberships: withMembership(rep.memberships, team, effectiveFrom) }] };
    }
    case 'RepMembershipsCorrected':
      return { ...company, reps: rep === undefined ? [] : [{ ...rep, memberships: event.data.memberships }] };
    case 'RepLeft':
      return {
        ...company,
        reps: rep === undefined ? [] : [{ ...rep, memberships: endedMemberships(rep.memberships, event.data.effectiveFrom) }],
      };
    case 'TeamChanged': {
      const { effectiveFrom: _, ...team } = event.data;
      return { ...company, teams: [team] };
    }
    case 'TeamDissolved':
      return { ...company, teams: [] };
    case 'SettingsChanged':
      return { ...company, ...event.data };
    case 'CalendarPublished':
      return { ...company, calendars: [...company.calendars.filter((one) => one.effectiveFrom !== event.data.effectiveFrom), event.data] };
    case 'CalendarWithdrawn':
      return { ...company, calendars: company.calendars.filter((one) => one.effectiveFrom !== event.data.effectiveFrom) };
    case 'HolidaysPublished':
      return { ...company, holidays: { [event.data.region]: event.data.days } };
    case 'HolidaysWithdrawn':
      return { ...company, holidays: {} };
    case 'RatesPublished': {
      const { rates, withdrawn = [], isComplete = false } = event.data;
      const isSame = (one: Pick<Rate, 'currency' | 'from'>) => (other: Pick<Rate, 'currency' | 'from'>) =>
        one.currency === other.currency && one.from === other.from;
      const kept = isComplete ? [] : company.rates.filter((rate) => ![...withdrawn, ...rates].some(isSame(rate)));
      return { ...company, rates: [...kept, ...rates] };
    }
  }
};

const sorted = (company: Company): Company => ({
  ...company,
  calendars: company.calendars.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)),
  rates: company.rates.toSorted((a, b) => (`${a.currency} ${a.from}` < `${b.currency} ${b.from}` ? -1 : 1)),
});
const refolded = (events: readonly CompanyEnvelope[]): Company =>
  sorted(events.toSorted((a, b) => a.sequence - b.sequence).reduce(evolve, emptyCompany));

/** A company copy whose calls of the table are counted. */
const counted = (copies: (deps: ReturnType<typeof inMemory>) => ReturnType<typeof companyHistory> = companyHistory) => {
  const machinery = inMemory('2026-01-01T00:00:00Z');
  const calls = { gets: 0, queries: 0 };
  const table: Table = {
    ...machinery.table,
    get: (key) => {
      calls.gets += 1;
      return machinery.table.get(key);
    },
    query: (query) => {
      calls.queries += 1;
      return machinery.table.query(query);
    },
  };
  return { ...machinery, calls, another: () => copies({ ...machinery, table: { ...machinery.table, ...table } }) };
};

const rowsOf = (table: { readonly dump: () => readonly { readonly pk: string; readonly sk: string }[] }) =>
  table
    .dump()
    .filter(({ pk }) => pk !== 'COMPANY-VERSION')
    .map((item) => ({ ...item, version: undefined }))
    .toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));

describe('a copy of the company', () => {
  it('is what a refold of its events gives, in any order, in any batches, with duplicates and while some are still missing', async () => {
    const deliveries = histories.chain((events) =>
      fc.record({
        events: fc.constant(events),
        order: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        batch: fc.integer({ min: 1, max: 9 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ events, order, batch }) => {
        const { another, table } = counted();
        const copy = another();
        for (let from = 0; from < order.length; from += batch) {
          await copy.fold(order.slice(from, from + batch));
          const received = new Set(order.slice(0, from + batch));
          // A rep whose joining is still under way is unknown, and nobody can say since when.
          const isKnown = [...received].some((event) => event.subject === 'ann' && event.sequence === 1);
          const known = [...received].filter((event) => isKnown || event.subject !== 'ann');
          const copied = await copy.read();
          expect(isKnown ? copied : { ...copied, reps: [] }).toEqual(refolded(known));
        }
        const straight = counted();
        for (const event of events) await straight.another().fold([event]);
        expect(rowsOf(table)).toEqual(rowsOf(straight.table));
      }),
      { numRuns: 80 },
    );
  });

  it('reads rows that hold all their events, and goes on from them', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 8 }), async (events, cut) => {
        const { another, table } = counted();
        const [before, after] = [events.filter((event) => event.sequence < cut), events.filter((event) => event.sequence >= cut)];
        for (const [subject, own] of Map.groupBy(before, (event) => event.subject)) {
          const kind = subject === 'ann' ? 'REP' : subject === 'north' ? 'TEAM' : 'SETTINGS';
          await table.transact([{ put: { pk: 'COMPANY', sk: `${kind}#${subject}`, version: own.length, events: own }, when: 'absent' }]);
        }
        expect(await another().read()).toEqual(refolded(before));
        await another().fold(after);
        expect(await another().read()).toEqual(refolded(events));
        const known = (await another().events()).map(({ id }) => id).toSorted();
        expect(known).toEqual(events.flatMap(({ id, name }) => (name === 'RatesPublished' ? [] : [id])).toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('is read from the table once, and again only after it has changed, whichever container received the change', async () => {
    const { another, calls, table } = counted();
    const [reader, writer] = [another(), another()];
    await writer.fold([eventOf('ann', 1, joined)]);
    const take = () => {
      const taken = { ...calls };
      Object.assign(calls, { gets: 0, queries: 0 });
      return taken;
    };
    expect((await reader.read()).reps).toHaveLength(1);
    expect(take()).toEqual({ gets: 1, queries: 1 });
    expect((await reader.read()).reps).toHaveLength(1);
    expect(take()).toEqual({ gets: 1, queries: 0 });
    await writer.fold([eventOf('settings', 1, settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: euro }))]);
    expect((await reader.read()).zone).toBe('Europe/Berlin');
    expect(take()).toEqual({ gets: 1, queries: 1 });
    expect(table.dump().filter(({ pk }) => pk === 'COMPANY-HISTORY')).toHaveLength(2);
  });

  it('is known as changed even where the process ended between the rows and the version, once the message comes again', async () => {
    const { another, table, ...machinery } = counted();
    const reader = another();
    const zone = (sequence: number, name: string) =>
      eventOf('settings', sequence, settingsChanged.of({ zone: timeZone.parse(name), reportingCurrency: euro }));
    await another().fold([zone(1, 'Europe/Berlin')]);
    expect((await reader.read()).zone).toBe('Europe/Berlin');
    const cutOff = companyCopy({
      ...machinery,
      table: {
        ...table,
        transact: (writes) => {
          if (writes.some((write) => 'add' in write)) throw new Error('the process was killed');
          return table.transact(writes);
        },
      },
    });
    await expect(cutOff.fold([zone(2, 'Europe/Vienna')])).rejects.toThrow('killed');
    await another().fold([zone(2, 'Europe/Vienna')]);
    expect((await reader.read()).zone).toBe('Europe/Vienna');
  });
});

const until = at;
const afterwards = toInstant('2026-01-02T00:00:00Z');
const subjects = [
  { subject: 'ann', facts: ofRep, first: [joined] },
  { subject: 'north', facts: ofTeam, first: [] },
  { subject: 'calendar', facts: ofCalendar, first: [] },
  { subject: 'holidays-DE', facts: ofHolidays, first: [] },
  { subject: 'rates', facts: ofRates, first: [] },
];

/** What a subject had before quota was set back, what was lost then, and how it went on in each later generation. */
const setBackHistories = fc
  .tuple(
    ...subjects.map(({ subject, facts, first }) =>
      fc
        .record({
          past: fc.array(facts, { maxLength: 4 }).map((others) => [...first, ...others]),
          lost: fc.array(facts, { maxLength: 4 }),
          next: fc.array(facts, { minLength: 1, maxLength: 4 }),
          /** how many of `next` the second time leaves */
          left: fc.nat({ max: 3 }),
          again: fc.array(facts, { minLength: 1, maxLength: 3 }),
        })
        .map(({ past, lost, next, left, again }) => {
          const after = (count: number, from: readonly Fact[], generation: number, storedAt = afterwards) =>
            from.map((fact, index) => eventOf(subject, count + index + 1, fact, { generation, storedAt }));
          const [kept, going] = [after(0, past, 0, until), after(past.length, next, 1)];
          const stays = going.slice(0, left);
          return {
            past: kept,
            lost: after(past.length, lost, 0),
            next: going,
            twice: [...kept, ...stays, ...after(kept.length + stays.length, again, 2)],
          };
        }),
    ),
  )
  .map((all) => ({
    past: all.flatMap(({ past }) => past),
    lost: all.flatMap(({ lost }) => lost),
    next: all.flatMap(({ next }) => next),
    twice: all.flatMap(({ twice }) => twice),
  }));

const inAnyOrder = (events: readonly CompanyEnvelope[]) => fc.shuffledSubarray([...events], { minLength: events.length });

const straightOf = async (events: readonly CompanyEnvelope[]) => {
  const straight = counted();
  for (const event of events) await straight.another().fold([event]);
  return straight;
};

describe('a copy of a company whose service was set back', () => {
  it('is what a refold of what is left gives, once the lost future was withdrawn and the service republished', async () => {
    const cases = setBackHistories.chain(({ past, lost, next }) =>
      fc.record({
        past: fc.constant(past),
        next: fc.constant(next),
        lost: fc.constant(lost),
        before: inAnyOrder([...past, ...lost]),
        republished: inAnyOrder([...past, ...next]),
        late: inAnyOrder([...lost, ...next]),
        batch: fc.integer({ min: 1, max: 9 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ past, next, lost, before, republished, late, batch }) => {
        const { another, table } = counted();
        const copy = another();
        const tell = async (events: readonly CompanyEnvelope[]): Promise<void> => {
          for (let from = 0; from < events.length; from += batch) await copy.fold(events.slice(from, from + batch));
        };
        await tell(before);
        await copy.read();
        const names = companyEvents.map((event) => event.name);
        const changed = await forgetLostFuture(table, [copy], isLost({ generation: 1, until }, names));
        expect(changed > 0).toBe(lost.length > 0);
        const hasLost = (event: CompanyEnvelope): boolean => lost.some((one) => one.subject === event.subject);
        expect(await copy.read()).toEqual(await (await straightOf(past.filter((event) => !hasLost(event)))).another().read());
        await tell(republished);
        await tell(late);
        const straight = await straightOf([...past, ...next]);
        expect(rowsOf(table)).toEqual(rowsOf(straight.table));
        expect(await copy.read()).toEqual(await straight.another().read());
        expect(await copy.events()).toEqual(await straight.another().events());
      }),
      { numRuns: 60 },
    );
  });

  it('forgets what is void by itself, also the second time, and is whole again after the service was republished', async () => {
    const cases = setBackHistories.chain(({ past, lost, next, twice }) =>
      fc.record({
        twice: fc.constant(twice),
        first: inAnyOrder([...past, ...lost, ...next, ...twice]),
        republished: inAnyOrder([...lost, ...next, ...twice]),
        batch: fc.integer({ min: 1, max: 9 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ twice, first, republished, batch }) => {
        const { another, table } = counted();
        const copy = another();
        for (const events of [first, republished])
          for (let from = 0; from < events.length; from += batch) await copy.fold(events.slice(from, from + batch));
        const straight = await straightOf(twice);
        expect(rowsOf(table)).toEqual(rowsOf(straight.table));
        expect(await copy.read()).toEqual(refolded(twice));
        expect(await copy.events()).toEqual(await straight.another().events());
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what it knows of a subject that goes on without a lost future', async () => {
    const { another } = counted();
    const copy = another();
    await copy.fold([eventOf('ann', 1, joined)]);
    await copy.fold([
      eventOf('ann', 2, repMoved.of({ repId: ann, teamId: teamId.parse('west'), effectiveFrom: day.parse('2026-03-01') }), {
        generation: 1,
      }),
    ]);
    const [rep] = (await copy.read()).reps;
    expect(rep?.memberships.map((one) => one.teamId)).toEqual(['north', 'west']);
  });

  it('withdraws from rows that hold all their events', async () => {
    await fc.assert(
      fc.asyncProperty(setBackHistories, async ({ past, lost, next }) => {
        const { another, table } = counted();
        for (const [subject, own] of Map.groupBy([...past, ...lost], (event) => event.subject)) {
          const kind = subject === 'ann' ? 'REP' : subject === 'north' ? 'TEAM' : 'SETTINGS';
          await table.transact([{ put: { pk: 'COMPANY', sk: `${kind}#${subject}`, version: own.length, events: own }, when: 'absent' }]);
        }
        const copy = another();
        const names = companyEvents.map((event) => event.name);
        await forgetLostFuture(table, [copy], isLost({ generation: 1, until }, names));
        expect(await copy.read()).toEqual(refolded(past));
        await copy.fold([...next, ...lost]);
        expect(await copy.read()).toEqual(refolded([...past, ...next]));
      }),
      { numRuns: 30 },
    );
  });
});
