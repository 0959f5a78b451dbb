import { serviceLevel } from '@meilenstein/contracts';
import { addMillis, day, leadId, sourceId, Temporal, timeZone, toInstant, type Instant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentResults, percentile, serviceLevelReport, type ServiceLevelEntry } from './service-level-report.ts';
import {
  applyAnswer,
  checkServiceLevels,
  deadlineOf,
  applyEnd,
  holidaysFrom,
  levelFor,
  checkDue,
  applyDueCheck,
  minutesLeft,
  nextCheckAt,
  applyPause,
  applyResume,
  serviceLevelState,
  newServiceLevel,
  waitedMillis,
  type ServiceLevelState,
} from './service-level.ts';
import { timesOf } from './service-level-result.ts';

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
const state = (startedAt: Instant, changes: object = {}): ServiceLevelState => newServiceLevel(level(changes), christmas, startedAt);
const transition = (result: { state: ServiceLevelState } | { refused: unknown }): ServiceLevelState =>
  'state' in result ? result.state : serviceLevelState.parse(result);
const monday = local('2026-11-23 10:00');

describe('the response deadline', () => {
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
  ])('is right for a lead that came %s', (_when, from, due, changes) => {
    // 02:00 of the long night comes twice; 90 minutes after 01:30 it is the second time.
    const expected = due === '2026-10-25 02:00' ? addMillis(local(due), 60 * minute) : local(due);
    expect(deadlineOf(state(local(from), changes))).toBe(expected);
  });

  it('follows the working hours of the market, even in half-hour zones', () => {
    const kolkata = { hours: hours('10:00', '18:00', 'Asia/Kolkata') };
    expect(deadlineOf(state(toInstant('2026-11-23T02:00:00Z'), kolkata))).toBe(toInstant('2026-11-23T05:30:00Z'));
  });

  it('moves by the working time of a pause, and is null during the pause', () => {
    const standing = transition(applyPause(state(monday), addMillis(monday, 30 * minute)));
    expect(deadlineOf(standing)).toBeNull();
    const running = transition(applyResume(standing, local('2026-11-24 09:00')));
    expect(deadlineOf(running)).toBe(local('2026-11-24 09:30'));
    expect(waitedMillis(running, local('2026-11-24 09:10'))).toBe(40 * minute);
  });

  it('stays missed if it had passed before a pause', () => {
    expect(deadlineOf(transition(applyPause(state(monday), local('2026-11-23 12:00'))))).toBe(local('2026-11-23 11:00'));
  });

  it('is exactly the agreed working time after the start, whatever the pauses', () => {
    const spans = fc.array(fc.tuple(fc.nat(600), fc.nat(3000)), { maxLength: 4 });
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns');
    fc.assert(
      fc.property(zones, fc.nat(500_000), fc.integer({ min: 1, max: 900 }), spans, (zone, offset, minutes, gaps) => {
        const from = addMillis(toInstant('2026-01-01T00:00:00Z'), offset * minute);
        let [one, at] = [state(from, { minutes, hours: hours('08:15', '17:45', timeZone.parse(zone)) }), from];
        for (const [running, standing] of gaps) {
          one = transition(applyPause(one, addMillis(at, running * minute)));
          at = addMillis(at, (running + standing) * minute);
          one = transition(applyResume(one, at));
        }
        const deadline = deadlineOf(one);
        expect(deadline === null ? null : waitedMillis(one, deadline)).toBe(minutes * minute);
      }),
      { numRuns: 60 },
    );
  });
});

describe('checkDue', () => {
  const eleven = local('2026-11-23 11:00');

  it('finds a missed deadline as of its own time, without a write to the lead', () => {
    expect(checkDue(state(monday), addMillis(eleven, -1))).toEqual({ missed: null, steps: [], nextCheckAt: eleven });
    expect(checkDue(state(monday), eleven)).toMatchObject({ missed: eleven, nextCheckAt: local('2026-11-23 12:00') });
    expect(checkDue(state(monday), local('2026-11-25 07:00'))).toMatchObject({ missed: eleven, nextCheckAt: null });
  });

  it('finds each step of the escalation once, in working time', () => {
    const first = applyDueCheck(state(monday), checkDue(state(monday), eleven));
    expect(checkDue(first, eleven)).toEqual({ missed: null, steps: [], nextCheckAt: local('2026-11-23 12:00') });
    const late = checkDue(first, local('2026-11-23 12:00'));
    expect(late.steps.map((step) => step.act)).toEqual(['tell-managers']);
    expect(checkDue(applyDueCheck(first, late), local('2026-11-24 09:00')).steps.map((step) => step.act)).toEqual(['requeue']);
    const evening = state(local('2026-11-23 16:30'));
    expect(checkDue(evening, local('2026-11-23 17:45')).nextCheckAt).toBe(local('2026-11-24 09:30'));
  });

  it('says, after each check, when the next one is due', () => {
    const first = applyDueCheck(state(monday), checkDue(state(monday), eleven));
    const last = applyDueCheck(first, checkDue(first, local('2026-11-25 07:00')));
    expect([nextCheckAt(state(monday)), nextCheckAt(first), nextCheckAt(last)]).toEqual([eleven, local('2026-11-23 12:00'), null]);
    expect([nextCheckAt(applyEnd(first, eleven)), nextCheckAt(transition(applyPause(state(monday), monday)))]).toEqual([null, null]);
  });

  it('counts the working minutes that are left, overnight and past the deadline too', () => {
    const evening = state(local('2026-11-23 17:30'));
    const nextMorning = local('2026-11-24 08:00');
    expect([
      minutesLeft(state(monday), monday),
      minutesLeft(evening, nextMorning),
      minutesLeft(state(monday), local('2026-11-23 11:12')),
    ]).toEqual([60, 30, -12]);
  });

  it('finds nothing for a lead that is answered, closed or paused', () => {
    const nothing = { missed: null, steps: [], nextCheckAt: null };
    expect(checkDue(transition(applyAnswer(state(monday), monday, false)), eleven)).toEqual(nothing);
    expect(checkDue(applyEnd(state(monday), monday), eleven)).toEqual(nothing);
    expect(checkDue(transition(applyPause(state(monday), monday)), eleven)).toEqual(nothing);
  });

  it('finds the same in one check as in many', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2000), { minLength: 1, maxLength: 12 }), (minutes) => {
        const times = minutes.toSorted((a, b) => a - b).map((one) => addMillis(monday, one * minute));
        const many = times.reduce((one, at) => applyDueCheck(one, checkDue(one, at)), state(monday));
        const last = times.at(-1) ?? monday;
        expect(many).toEqual(applyDueCheck(state(monday), checkDue(state(monday), last)));
      }),
    );
  });
});

describe('applyAnswer', () => {
  it('refuses an automatic reply and one from before the lead, and keeps the earliest answer', () => {
    expect(applyAnswer(state(monday), monday, true)).toMatchObject({ refused: { code: 'automatic-answer' } });
    expect(applyAnswer(state(monday), addMillis(monday, -1), false)).toMatchObject({ refused: { code: 'time-before-start' } });
    const later = transition(applyAnswer(state(monday), addMillis(monday, 10), false));
    expect(transition(applyAnswer(later, addMillis(monday, 5), false)).answeredAt).toBe(addMillis(monday, 5));
    expect(transition(applyAnswer(later, addMillis(monday, 15), false)).answeredAt).toBe(addMillis(monday, 10));
  });

  it('ends a pause, and is in time however long the customer would have taken', () => {
    const standing = transition(applyPause(state(monday), addMillis(monday, 30 * minute)));
    const answered = transition(applyAnswer(standing, local('2026-11-27 09:00'), false));
    expect(deadlineOf(answered)).toBe(local('2026-11-27 09:30'));
    expect(waitedMillis(answered, local('2026-11-27 09:00'))).toBe(30 * minute);
  });

  it('refuses an answer after the lead was closed, and accepts one from before', () => {
    const ended = applyEnd(state(monday), addMillis(monday, 10 * minute));
    expect(applyAnswer(ended, addMillis(monday, 11 * minute), false)).toMatchObject({ refused: { code: 'lead-closed' } });
    expect(transition(applyAnswer(ended, addMillis(monday, 5 * minute), false)).answeredAt).toBe(addMillis(monday, 5 * minute));
  });

  it('allows no pause afterwards', () => {
    const answered = transition(applyAnswer(state(monday), monday, false));
    expect(applyPause(answered, monday)).toMatchObject({ refused: { code: 'lead-answered' } });
    const standing = transition(applyPause(state(monday), monday));
    expect(applyPause(standing, monday)).toMatchObject({ refused: { code: 'service-level-paused' } });
    expect(applyResume(state(monday), monday)).toMatchObject({ refused: { code: 'service-level-not-paused' } });
    expect(applyResume(standing, addMillis(monday, -1))).toMatchObject({ refused: { code: 'time-before-start' } });
  });
});

describe('service levels', () => {
  it.each([
    ['a duplicate', [level(), level()], 'duplicate-service-level'],
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
      'steps-out-of-order',
    ],
    ['no working time', [level({ hours: hours('09:00', '09:00') })], 'no-working-time'],
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
      'no-working-time',
    ],
    ['an unknown field', [level({ when: { field: 'contry', test: 'present' } })], 'field-not-found'],
  ])('with %s are refused', (_what, levels, code) => {
    expect(checkServiceLevels({ levels })?.code).toBe(code);
  });

  it('apply the first level that matches a lead', () => {
    const levels = { levels: [level({ id: 'de', when: { field: 'country', test: 'equals', value: 'DE' } }), level()] };
    expect(checkServiceLevels(levels)).toBeUndefined();
    expect([
      levelFor(levels, { country: 'DE' }, monday)?.id,
      levelFor(levels, { country: 'FR' }, monday)?.id,
      levelFor(levels, {}, monday),
    ]).toEqual(['de', 'hour', undefined]);
  });

  it('keep the holidays of the year after the start', () => {
    const around = ['2025-12-25', '2026-11-22', '2026-12-24', '2027-11-24', '2028-12-24'].map((one) => day.parse(one));
    expect(holidaysFrom(around, monday, level())).toEqual([day.parse('2026-12-24'), day.parse('2027-11-24')]);
  });
});

describe('serviceLevelReport', () => {
  const entry = (id: string, one: ServiceLevelState, market: string | null = 'DE'): ServiceLevelEntry => ({
    leadId: leadId.parse(id),
    sourceId: sourceId.parse('form'),
    market,
    ownerId: null,
    round: 1,
    ...timesOf(one),
  });
  const answered = (minutes: number): ServiceLevelState =>
    transition(applyAnswer(state(monday), addMillis(monday, minutes * minute), false));
  const span = { from: monday, until: local('2026-11-24 00:00'), now: local('2026-11-25 00:00') };
  const entries = [
    entry('fast', answered(10)),
    entry('last-moment', answered(59), 'AT'),
    entry('late', answered(60), null),
    entry('never', state(monday)),
    entry('gone', applyEnd(state(monday), addMillis(monday, minute))),
    entry('tomorrow', state(local('2026-11-24 10:00'))),
    entry('waiting', transition(applyPause(state(monday), monday))),
  ];

  it('counts what was due in the period, answered or not', () => {
    const { sales, byMarket, bySource } = serviceLevelReport(entries, { commitments: [], qualified: [] }, span);
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
    const at = (now: Instant) => serviceLevelReport(entries, { commitments: [], qualified: [] }, { ...span, now }).sales;
    const eleven = local('2026-11-23 11:00');
    expect([at(eleven).due, at(eleven).missed]).toEqual([0, []]);
    expect([at(addMillis(eleven, 1)).due, at(addMillis(eleven, 1)).missed]).toEqual([5, ['late', 'never', 'waiting']]);
  });

  it('keeps the deadline from before a pause until the customer has replied', () => {
    const waiting = transition(applyPause(state(monday), addMillis(monday, 30 * minute)));
    const back = transition(applyResume(waiting, addMillis(monday, 50 * minute)));
    const again = transition(applyPause(back, addMillis(monday, 70 * minute)));
    const due = [waiting, back, again, transition(applyAnswer(waiting, addMillis(monday, 90 * minute), false))].map(
      (one) => timesOf(one).dueAt,
    );
    expect(due).toEqual([60, 80, 80, 120].map((after) => addMillis(monday, after * minute)));
  });

  it('has a null share if nothing was due', () => {
    expect(serviceLevelReport([], { commitments: [], qualified: [] }, span).sales).toEqual({
      due: 0,
      kept: { numerator: 0, denominator: 0, value: null },
      missed: [],
      speed: { answered: 0, medianMillis: null, p90Millis: null },
    });
  });

  it('compares what marketing delivered with what it committed, each lead once', () => {
    const inNovember = { from: local('2026-11-01 00:00'), until: local('2026-12-01 00:00') };
    const lead = (id: string, stage: 'mql' | 'sql', segments: string[], at = monday) => ({ leadId: leadId.parse(id), stage, at, segments });
    const qualified = [
      lead('a', 'mql', ['large']),
      lead('a', 'mql', ['large']),
      lead('a', 'sql', ['large']),
      lead('b', 'mql', []),
      lead('c', 'mql', ['large'], local('2026-10-31 23:59')),
    ];
    const promise = (changes: object) => ({ segmentId: null, stage: 'mql' as const, committed: 4, ...changes });
    const figures = commitmentResults(
      [promise({}), promise({ segmentId: 'large' }), promise({ stage: 'sql' as const, committed: 0 })],
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
