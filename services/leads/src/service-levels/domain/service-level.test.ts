import { serviceLevel } from '@meilenstein/contracts';
import { addMillis, day, leadId, sourceId, Temporal, timeZone, toInstant, type Instant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketingAccount, percentile, serviceLedger, type SalesEntry } from './service-ledger.ts';
import {
  answerClock,
  checkServiceLevels,
  deadlineOf,
  endClock,
  holidaysFrom,
  levelFor,
  lookAt,
  looked,
  minutesLeft,
  nextLookAt,
  pauseClock,
  resumeClock,
  serviceClock,
  startedClock,
  waitedMillis,
  type ServiceClock,
} from './service-level.ts';
import { standingOf } from './service-standing.ts';

const minute = 60_000;
const local = (text: string, zone = 'Europe/Berlin'): Instant =>
  toInstant(Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant());
const hours = (from: string, until: string, zone = 'Europe/Berlin', weekdays = [1, 2, 3, 4, 5]) => ({
  zone,
  windows: weekdays.map((weekday) => ({ weekday, from, until })),
});
const level = (changes: object = {}) =>
  serviceLevel.parse({
    id: 'hour',
    name: 'Within the hour',
    when: { field: 'country', test: 'present' },
    minutes: 60,
    hours: hours('09:00', '18:00'),
    escalations: [
      { afterMinutes: 0, act: 'tell-owner' },
      { afterMinutes: 60, act: 'tell-managers' },
      { afterMinutes: 120, act: 'requeue' },
    ],
    ...changes,
  });
const christmas = [day.parse('2026-12-24'), day.parse('2026-12-25')];
const clock = (startedAt: Instant, changes: object = {}): ServiceClock => startedClock(level(changes), christmas, startedAt);
const turned = (result: { clock: ServiceClock } | { refused: unknown }): ServiceClock =>
  'clock' in result ? result.clock : serviceClock.parse(result);
const monday = local('2026-11-23 10:00');

describe('the deadline of a lead', () => {
  it.each([
    ['on a Saturday evening', '2026-11-21 19:00', '2026-11-23 10:00', {}],
    ['on a Saturday afternoon', '2026-11-21 16:00', '2026-11-23 10:00', {}],
    ['on a Friday at half past five', '2026-11-20 17:30', '2026-11-23 09:30', {}],
    ['on the evening before Christmas', '2026-12-23 17:30', '2026-12-28 09:30', {}],
    [
      'in the night when clocks go forward',
      '2026-03-29 01:30',
      '2026-03-29 04:00',
      { minutes: 90, hours: hours('00:00', '06:00', 'Europe/Berlin', [7]) },
    ],
    [
      'in the night when clocks go back',
      '2026-10-25 01:30',
      '2026-10-25 02:00',
      { minutes: 90, hours: hours('00:00', '06:00', 'Europe/Berlin', [7]) },
    ],
  ])('that came %s', (_when, from, due, changes) => {
    // 02:00 of the long night comes twice; 90 minutes after 01:30 it is the second time.
    const expected = due === '2026-10-25 02:00' ? addMillis(local(due), 60 * minute) : local(due);
    expect(deadlineOf(clock(local(from), changes))).toBe(expected);
  });

  it('is kept by the hours of its market, half-hour zones too', () => {
    const kolkata = { hours: hours('10:00', '18:00', 'Asia/Kolkata') };
    expect(deadlineOf(clock(toInstant('2026-11-23T02:00:00Z'), kolkata))).toBe(toInstant('2026-11-23T05:30:00Z'));
  });

  it('moves by the working time that we wait for the customer, and is none meanwhile', () => {
    const standing = turned(pauseClock(clock(monday), addMillis(monday, 30 * minute)));
    expect(deadlineOf(standing)).toBeNull();
    const running = turned(resumeClock(standing, local('2026-11-24 09:00')));
    expect(deadlineOf(running)).toBe(local('2026-11-24 09:30'));
    expect(waitedMillis(running, local('2026-11-24 09:10'))).toBe(40 * minute);
  });

  it('that has passed before a pause stays passed', () => {
    expect(deadlineOf(turned(pauseClock(clock(monday), local('2026-11-23 12:00'))))).toBe(local('2026-11-23 11:00'));
  });

  it('lies exactly the promised working time after the start, whatever the pauses', () => {
    const spans = fc.array(fc.tuple(fc.nat(600), fc.nat(3000)), { maxLength: 4 });
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns');
    fc.assert(
      fc.property(zones, fc.nat(500_000), fc.integer({ min: 1, max: 900 }), spans, (zone, offset, minutes, gaps) => {
        const from = addMillis(toInstant('2026-01-01T00:00:00Z'), offset * minute);
        let [one, at] = [clock(from, { minutes, hours: hours('08:15', '17:45', timeZone.parse(zone)) }), from];
        for (const [running, standing] of gaps) {
          one = turned(pauseClock(one, addMillis(at, running * minute)));
          at = addMillis(at, (running + standing) * minute);
          one = turned(resumeClock(one, at));
        }
        const deadline = deadlineOf(one);
        expect(deadline === null ? null : waitedMillis(one, deadline)).toBe(minutes * minute);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a look at the clock', () => {
  const eleven = local('2026-11-23 11:00');

  it('finds a missed deadline with nobody having touched the lead, as of its own time', () => {
    expect(lookAt(clock(monday), addMillis(eleven, -1))).toEqual({ missed: null, steps: [], lookAgainAt: eleven });
    expect(lookAt(clock(monday), eleven)).toMatchObject({ missed: eleven, lookAgainAt: local('2026-11-23 12:00') });
    expect(lookAt(clock(monday), local('2026-11-25 07:00'))).toMatchObject({ missed: eleven, lookAgainAt: null });
  });

  it('finds each step of the escalation once, in working time', () => {
    const first = looked(clock(monday), lookAt(clock(monday), eleven));
    expect(lookAt(first, eleven)).toEqual({ missed: null, steps: [], lookAgainAt: local('2026-11-23 12:00') });
    const late = lookAt(first, local('2026-11-23 12:00'));
    expect(late.steps.map((step) => step.act)).toEqual(['tell-managers']);
    expect(lookAt(looked(first, late), local('2026-11-24 09:00')).steps.map((step) => step.act)).toEqual(['requeue']);
    const evening = clock(local('2026-11-23 16:30'));
    expect(lookAt(evening, local('2026-11-23 17:45')).lookAgainAt).toBe(local('2026-11-24 09:30'));
  });

  it('says when to look next, from look to look', () => {
    const first = looked(clock(monday), lookAt(clock(monday), eleven));
    const last = looked(first, lookAt(first, local('2026-11-25 07:00')));
    expect([nextLookAt(clock(monday)), nextLookAt(first), nextLookAt(last)]).toEqual([eleven, local('2026-11-23 12:00'), null]);
    expect([nextLookAt(endClock(first, eleven)), nextLookAt(turned(pauseClock(clock(monday), monday)))]).toEqual([null, null]);
  });

  it('tells the working minutes that are left, also over night and over the deadline', () => {
    const evening = clock(local('2026-11-23 17:30'));
    const nextMorning = local('2026-11-24 08:00');
    expect([
      minutesLeft(clock(monday), monday),
      minutesLeft(evening, nextMorning),
      minutesLeft(clock(monday), local('2026-11-23 11:12')),
    ]).toEqual([60, 30, -12]);
  });

  it('finds nothing once the lead is answered or gone, or while it is the customer’s turn', () => {
    const nothing = { missed: null, steps: [], lookAgainAt: null };
    expect(lookAt(turned(answerClock(clock(monday), monday, false)), eleven)).toEqual(nothing);
    expect(lookAt(endClock(clock(monday), monday), eleven)).toEqual(nothing);
    expect(lookAt(turned(pauseClock(clock(monday), monday)), eleven)).toEqual(nothing);
  });

  it('finds the same in one look as in many', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2000), { minLength: 1, maxLength: 12 }), (minutes) => {
        const times = minutes.toSorted((a, b) => a - b).map((one) => addMillis(monday, one * minute));
        const many = times.reduce((one, at) => looked(one, lookAt(one, at)), clock(monday));
        const last = times.at(-1) ?? monday;
        expect(many).toEqual(looked(clock(monday), lookAt(clock(monday), last)));
      }),
    );
  });
});

describe('an answer', () => {
  it('is no automatic reply, is not before the lead, and the earliest counts', () => {
    expect(answerClock(clock(monday), monday, true)).toMatchObject({ refused: { code: 'answer-is-automatic' } });
    expect(answerClock(clock(monday), addMillis(monday, -1), false)).toMatchObject({ refused: { code: 'time-is-before-the-start' } });
    const later = turned(answerClock(clock(monday), addMillis(monday, 10), false));
    expect(turned(answerClock(later, addMillis(monday, 5), false)).answeredAt).toBe(addMillis(monday, 5));
    expect(turned(answerClock(later, addMillis(monday, 15), false)).answeredAt).toBe(addMillis(monday, 10));
  });

  it('ends the waiting for the customer, and is in time however late the customer would have come', () => {
    const standing = turned(pauseClock(clock(monday), addMillis(monday, 30 * minute)));
    const answered = turned(answerClock(standing, local('2026-11-27 09:00'), false));
    expect(deadlineOf(answered)).toBe(local('2026-11-27 09:30'));
    expect(waitedMillis(answered, local('2026-11-27 09:00'))).toBe(30 * minute);
  });

  it('after the end is refused, one from before it counts', () => {
    const ended = endClock(clock(monday), addMillis(monday, 10 * minute));
    expect(answerClock(ended, addMillis(monday, 11 * minute), false)).toMatchObject({ refused: { code: 'lead-has-ended' } });
    expect(turned(answerClock(ended, addMillis(monday, 5 * minute), false)).answeredAt).toBe(addMillis(monday, 5 * minute));
  });

  it('leaves nothing to wait for', () => {
    const answered = turned(answerClock(clock(monday), monday, false));
    expect(pauseClock(answered, monday)).toMatchObject({ refused: { code: 'lead-is-answered' } });
    const standing = turned(pauseClock(clock(monday), monday));
    expect(pauseClock(standing, monday)).toMatchObject({ refused: { code: 'clock-stands-still' } });
    expect(resumeClock(clock(monday), monday)).toMatchObject({ refused: { code: 'clock-is-running' } });
    expect(resumeClock(standing, addMillis(monday, -1))).toMatchObject({ refused: { code: 'time-is-before-the-start' } });
  });
});

describe('service levels', () => {
  it.each([
    ['one twice', [level(), level()], 'level-is-there-twice'],
    [
      'steps out of order',
      [
        level({
          escalations: [
            { afterMinutes: 5, act: 'requeue' },
            { afterMinutes: 4, act: 'tell-owner' },
          ],
        }),
      ],
      'steps-are-out-of-order',
    ],
    ['no working time', [level({ hours: hours('09:00', '09:00') })], 'nobody-ever-works'],
    [
      'a night written as one window',
      [
        level({
          hours: {
            zone: 'Europe/Berlin',
            windows: [
              { weekday: 1, from: '09:00', until: '10:00' },
              { weekday: 1, from: '22:00', until: '06:00' },
            ],
          },
        }),
      ],
      'nobody-ever-works',
    ],
    ['an unknown field', [level({ when: { field: 'contry', test: 'present' } })], 'field-not-found'],
  ])('with %s are refused', (_what, levels, code) => {
    expect(checkServiceLevels({ levels })?.code).toBe(code);
  });

  it('give a lead the first that is true', () => {
    const levels = { levels: [level({ id: 'de', when: { field: 'country', test: 'equals', value: 'DE' } }), level()] };
    expect(checkServiceLevels(levels)).toBeUndefined();
    expect([
      levelFor(levels, { country: 'DE' }, monday)?.id,
      levelFor(levels, { country: 'FR' }, monday)?.id,
      levelFor(levels, {}, monday),
    ]).toEqual(['de', 'hour', undefined]);
  });

  it('take the holidays of the year after the start with them', () => {
    const around = ['2025-12-25', '2026-11-22', '2026-12-24', '2027-11-24', '2028-12-24'].map((one) => day.parse(one));
    expect(holidaysFrom(around, monday, level())).toEqual([day.parse('2026-12-24'), day.parse('2027-11-24')]);
  });
});

describe('the ledger', () => {
  const entry = (id: string, one: ServiceClock, market: string | null = 'DE'): SalesEntry => ({
    leadId: leadId.parse(id),
    sourceId: sourceId.parse('form'),
    market,
    ownerId: null,
    promise: 1,
    ...standingOf(one),
  });
  const answered = (minutes: number): ServiceClock => turned(answerClock(clock(monday), addMillis(monday, minutes * minute), false));
  const span = { from: monday, until: local('2026-11-24 00:00'), now: local('2026-11-25 00:00') };
  const entries = [
    entry('fast', answered(10)),
    entry('last-moment', answered(59), 'AT'),
    entry('late', answered(60), null),
    entry('never', clock(monday)),
    entry('gone', endClock(clock(monday), addMillis(monday, minute))),
    entry('tomorrow', clock(local('2026-11-24 10:00'))),
    entry('waiting', turned(pauseClock(clock(monday), monday))),
  ];

  it('counts what was due in the time, answered or not', () => {
    const { sales, byMarket, bySource } = serviceLedger(entries, { promises: [], qualified: [] }, span);
    expect(sales).toEqual({
      due: 5,
      kept: { numerator: 2, denominator: 5, value: 0.4 },
      missed: ['late', 'never', 'waiting'],
      speed: { answered: 3, medianMillis: 59 * minute, p90Millis: 60 * minute },
    });
    expect(byMarket.map((one) => [one.market, one.due])).toEqual([
      [null, 1],
      ['AT', 1],
      ['DE', 3],
    ]);
    expect(bySource).toEqual([{ ...sales, sourceId: 'form' }]);
  });

  it('counts nothing as due before its deadline has passed, answered or not', () => {
    const at = (now: Instant) => serviceLedger(entries, { promises: [], qualified: [] }, { ...span, now }).sales;
    const eleven = local('2026-11-23 11:00');
    expect([at(eleven).due, at(eleven).missed]).toEqual([0, []]);
    expect([at(addMillis(eleven, 1)).due, at(addMillis(eleven, 1)).missed]).toEqual([5, ['late', 'never', 'waiting']]);
  });

  it('keeps what waits for the customer as due when it was, until the customer has come back', () => {
    const waiting = turned(pauseClock(clock(monday), addMillis(monday, 30 * minute)));
    const back = turned(resumeClock(waiting, addMillis(monday, 50 * minute)));
    const again = turned(pauseClock(back, addMillis(monday, 70 * minute)));
    const due = [waiting, back, again, turned(answerClock(waiting, addMillis(monday, 90 * minute), false))].map(
      (one) => standingOf(one).dueAt,
    );
    expect(due).toEqual([60, 80, 80, 120].map((after) => addMillis(monday, after * minute)));
  });

  it('has a share of nothing where nothing was due', () => {
    expect(serviceLedger([], { promises: [], qualified: [] }, span).sales).toEqual({
      due: 0,
      kept: { numerator: 0, denominator: 0, value: null },
      missed: [],
      speed: { answered: 0, medianMillis: null, p90Millis: null },
    });
  });

  it('sets what marketing delivered against what it promised, each lead once', () => {
    const inNovember = { from: local('2026-11-01 00:00'), until: local('2026-12-01 00:00') };
    const lead = (id: string, stage: 'mql' | 'sql', segments: string[], at = monday) => ({ leadId: leadId.parse(id), stage, at, segments });
    const qualified = [
      lead('a', 'mql', ['large']),
      lead('a', 'mql', ['large']),
      lead('a', 'sql', ['large']),
      lead('b', 'mql', []),
      lead('c', 'mql', ['large'], local('2026-10-31 23:59')),
    ];
    const promise = (changes: object) => ({ segmentId: null, stage: 'mql' as const, promised: 4, ...changes });
    const figures = marketingAccount(
      [promise({}), promise({ segmentId: 'large' }), promise({ stage: 'sql' as const, promised: 0 })],
      qualified,
      inNovember,
    );
    expect(figures.map((one) => [one.delivered, one.gap, one.kept.value])).toEqual([
      [2, 2, 0.5],
      [1, 3, 0.25],
      [1, 0, null],
    ]);
  });

  it('takes percentiles by nearest rank', () => {
    expect([
      percentile([5], 0.9),
      percentile([1, 2, 3, 4], 0.5),
      percentile([4, 3, 2, 1, 5, 6, 7, 8, 9, 10], 0.9),
      percentile([], 0.5),
    ]).toEqual([5, 2, 9, null]);
  });
});
