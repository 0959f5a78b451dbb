import { describe, expect, it } from 'vitest';
import { cancelled, euro, organisation, plan, quotaInMemory, settings, won } from '../../testing/quota-in-memory.ts';

const names = (events: readonly { readonly name: string }[]) => events.map((event) => event.name);
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const [ann, ...others] = organisation.reps;
const withAnn = (about: object) => ({ ...organisation, reps: [{ ...ann, ...about }, ...others] });

describe('PUT /organisation', () => {
  it('answers the document that was put', async () => {
    const { put, call } = quotaInMemory();
    expect(await put('organisation', organisation)).toMatchObject({ status: 200, json: organisation });
    expect((await call('GET /organisation')).json).toEqual(organisation);
  });

  it('changes one node for each difference, and none for an equal document', async () => {
    const { put, events } = quotaInMemory();
    await put('organisation', organisation);
    const before = events().length;
    await put('organisation', organisation);
    expect(events().length).toBe(before);
    await put('organisation', withAnn({ repCode: 'A1' }));
    expect(names(events().slice(before))).toEqual(['RepAmended']);
  });

  it('emits no names of reps', async () => {
    const { put, events } = quotaInMemory();
    await put('organisation', organisation);
    expect(JSON.stringify(events())).not.toContain('Name of');
  });

  it.each([
    ['a move is put off', [{ teamId: 'south', effectiveFrom: '2026-05-01' }]],
    ['a move is taken back', []],
    ['one membership is written as two', [{ teamId: 'north', effectiveFrom: '2026-02-01' }]],
  ])('answers what was put also where %s', async (_, later) => {
    const { put, call } = quotaInMemory();
    const from = (memberships: readonly object[]) => withAnn({ memberships: [...(ann?.memberships ?? []), ...memberships] });
    await put('organisation', from([{ teamId: 'south', effectiveFrom: '2026-04-01' }]));
    await put('organisation', from([{ teamId: 'north', effectiveFrom: '2026-04-01' }]));
    expect(await put('organisation', from(later))).toMatchObject({ status: 200, json: from(later) });
    expect((await call('GET /organisation')).json).toEqual(from(later));
  });

  it('moves a rep, lets one leave and takes one back, each from a given day', async () => {
    const { put, events, call } = quotaInMemory();
    await put('organisation', organisation);
    const before = events().length;
    const moved = withAnn({ memberships: [...(ann?.memberships ?? []), { teamId: 'south', effectiveFrom: '2026-04-01' }] });
    expect((await put('organisation', moved)).json).toEqual(moved);
    const leaving = withAnn({ leavesOn: '2026-05-01' });
    expect((await put('organisation', leaving)).json).toEqual(leaving);
    expect((await put('organisation', organisation)).json).toEqual(organisation);
    await put('organisation', { ...organisation, reps: others });
    expect(names(events().slice(before))).toEqual(['RepMoved', 'RepMoved', 'RepLeft', 'RepMoved', 'RepLeft']);
    expect((await call('GET /organisation')).json).toMatchObject({ reps: [{ repId: 'ann', leavesOn: '2026-03-02' }, {}, {}, {}, {}] });
  });

  it('dissolves a team that is left out and has no members', async () => {
    const { put, events } = quotaInMemory();
    const empty = { teamId: 'east', name: 'East', managers: [], effectiveFrom: '2026-01-01' };
    await put('organisation', { ...organisation, teams: [...organisation.teams, empty] });
    await put('organisation', organisation);
    expect(events().at(-1)).toMatchObject({ name: 'TeamDissolved', data: { teamId: 'east' } });
  });

  it('changes the organisation only at the version that was read', async () => {
    const { put, call } = quotaInMemory();
    await put('organisation', organisation);
    const { etag } = await call('GET /organisation');
    await put('organisation', withAnn({ repCode: 'A1' }), etag);
    expect(await put('organisation', withAnn({ repCode: 'A2' }), etag)).toMatchObject({ status: 412, code: 'version-conflict' });
  });

  it.each([
    ['organisation-empty', { teams: [], reps: [] }],
    [
      'membership-before-team',
      {
        ...organisation,
        reps: [
          ...organisation.reps,
          { ...ann, repId: 'eve', repCode: 'eve', loginSubject: 'eve', memberships: [{ teamId: 'north', effectiveFrom: '2025-12-31' }] },
        ],
      },
    ],
    ['duplicate-entry', { ...organisation, reps: [...organisation.reps, ann] }],
    ['team-not-found', withAnn({ memberships: [{ teamId: 'nowhere', effectiveFrom: '2026-01-01' }] })],
    ['manager-not-found', { ...organisation, teams: [{ ...organisation.teams[0], managers: ['nobody'] }, ...organisation.teams.slice(1)] }],
    [
      'memberships-out-of-order',
      withAnn({
        memberships: [
          { teamId: 'north', effectiveFrom: '2026-05-01' },
          { teamId: 'south', effectiveFrom: '2026-04-01' },
        ],
      }),
    ],
    ['past-membership-immutable', withAnn({ memberships: [{ teamId: 'south', effectiveFrom: '2026-01-01' }] })],
  ])('refuses with %s, and changes nothing', async (code, document) => {
    const { put, events } = quotaInMemory();
    await put('organisation', organisation);
    const before = events().length;
    expect(await put('organisation', document)).toMatchObject({ status: 422, code });
    expect(events().length).toBe(before);
  });
});

describe('a name of a team or rep', () => {
  it.each(['  ', '\u00a0', 'Vertrieb\nNord', 'abc\u202edef', 'nul\u0000'])('is refused if it is not readable: %j', async (name) => {
    const { put, events } = quotaInMemory();
    const [north, south] = organisation.teams;
    expect((await put('organisation', { ...organisation, teams: [{ ...north, name }, south] })).status).toBe(400);
    expect((await put('organisation', withAnn({ name }))).status).toBe(400);
    expect((await put('organisation', withAnn({ repCode: name }))).status).toBe(400);
    expect(events()).toEqual([]);
  });
});

describe('GET /attainment', () => {
  it('compares the credits of a rep, a team and the company with the target, and shows the sum of the targets below', async () => {
    const { setUp, putPlan, receive, attainment } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    await receive(won('o1'), won('o2', { repId: 'nora', minor: 5_000 }), won('o3', { repId: 'bob', teamId: 'south', minor: 700 }));
    expect((await attainment('rep:ann', '2026-03')).json).toMatchObject({
      achieved: euros('100.00'),
      target: euros('0.08'),
      gap: euros('-99.92'),
      attainment: { numerator: 10_000, denominator: 8 },
      rolledUp: null,
    });
    expect((await attainment('team:north', 'FY2026-Q1')).json).toMatchObject({
      achieved: euros('150.00'),
      target: euros('150.00'),
      attainment: { ratio: 1 },
      rolledUp: euros('90.25'),
    });
    expect((await attainment('company', 'FY2026')).json).toMatchObject({
      achieved: euros('157.00'),
      target: euros('1200.00'),
      rolledUp: euros('600.00'),
    });
    expect((await attainment('rep:bob', '2026-03')).json).toMatchObject({
      achieved: euros('7.00'),
      target: null,
      gap: null,
      attainment: null,
    });
    expect((await attainment('rep:ann', '2026-04')).json).toMatchObject({ achieved: euros('0.00') });
  });

  it('rolls up a past month from the reps who were in the team then, including those who have left since', async () => {
    const { setUp, put, putPlan, attainment } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    const before = (await attainment('team:north', '2026-02')).json;
    await put('organisation', { ...organisation, reps: organisation.reps.filter((rep) => rep.repId !== 'nora') });
    expect((await attainment('team:north', '2026-02')).json).toEqual(before);
    expect(before).toMatchObject({ rolledUp: euros('30.08') });
    expect((await attainment('team:north', '2026-04')).json).toMatchObject({ rolledUp: euros('0.09') });
  });

  it('rolls up a rep who moves within the period in both teams, each for its months', async () => {
    const { setUp, put, putPlan, attainment } = quotaInMemory('2026-01-05T09:00:00.000Z');
    await setUp();
    await putPlan(plan);
    const nora = organisation.reps.find((rep) => rep.repId === 'nora');
    const memberships = [...(nora?.memberships ?? []), { teamId: 'south', effectiveFrom: '2026-02-10' }];
    await put('organisation', { ...organisation, reps: [...organisation.reps.filter((rep) => rep !== nora), { ...nora, memberships }] });
    expect((await attainment('team:north', 'FY2026-Q1')).json).toMatchObject({ rolledUp: euros('60.25') });
    expect((await attainment('team:south', 'FY2026-Q1')).json).toMatchObject({ rolledUp: euros('30.00') });
    expect((await attainment('team:south', '2026-02')).json).toMatchObject({ rolledUp: null });
  });

  it('rolls up a dissolved team into the company for the months in which it had members', async () => {
    const { setUp, put, putPlan, attainment } = quotaInMemory();
    await setUp();
    await putPlan({ ...plan, targets: [...plan.targets, { node: { level: 'team', key: 'south' }, annual: euros('12.00') }] });
    const staying = organisation.reps.filter((rep) => rep.repId !== 'bob' && rep.repId !== 'chief');
    await put('organisation', { teams: organisation.teams.slice(0, 1), reps: staying });
    expect((await attainment('company', '2026-02')).json).toMatchObject({ rolledUp: euros('51.00') });
    expect((await attainment('company', '2026-04')).json).toMatchObject({ rolledUp: euros('50.00') });
  });

  it('counts an order on its day in Berlin', async () => {
    const { setUp, receive, attainment } = quotaInMemory();
    await setUp();
    await receive(won('late', { at: '2026-03-31T22:30:00.000Z' }));
    expect((await attainment('rep:ann', '2026-04')).json).toMatchObject({ achieved: euros('100.00') });
  });

  it('reverses a cancelled order on the day of the cancellation', async () => {
    const { setUp, receive, attainment } = quotaInMemory();
    await setUp();
    await receive(won('o1'), cancelled(won('o1')));
    expect((await attainment('rep:ann', '2026-03')).json).toMatchObject({ achieved: euros('100.00') });
    expect((await attainment('rep:ann', '2026-04')).json).toMatchObject({ achieved: euros('-100.00') });
    expect((await attainment('rep:ann', 'FY2026')).json).toMatchObject({ achieved: euros('0.00') });
  });

  it('follows a 4-4-5 calendar: periods of weeks, their targets, and credits on the days around their boundaries', async () => {
    const { put, putPlan, receive, attainment } = quotaInMemory();
    // everybody is a member since the first day of the fiscal year
    const effectiveFrom = '2025-12-28';
    await put('settings', settings);
    await put('organisation', {
      teams: organisation.teams.map((team) => ({ ...team, effectiveFrom })),
      reps: organisation.reps.map((rep) => ({ ...rep, memberships: rep.memberships.map((one) => ({ ...one, effectiveFrom })) })),
    });
    const calendar = { kind: 'weeks', pattern: '4-4-5', endMonth: 12, endWeekday: 6, yearEnd: 'last' };
    expect((await put('settings', { ...settings, calendar })).json).toMatchObject({ calendar });
    const { json } = await putPlan({ ...plan, monthWeights: [4, 4, 5] });
    expect(json).toMatchObject({
      cascade: [
        { months: [{ label: 'FY2026-P01', target: euros('92.31') }, {}, { target: euros('115.38') }, {}, {}, {}, {}, {}, {}, {}, {}, {}] },
        {},
        {},
        {},
      ],
    });
    // FY2026 begins on Sunday 2025-12-28; its first month ends on Saturday 2026-01-24, its first quarter on 2026-03-28.
    await receive(won('first', { at: '2025-12-28T11:00:00.000Z' }), won('before', { minor: 1, at: '2025-12-27T11:00:00.000Z' }));
    await receive(won('last', { minor: 200, at: '2026-01-24T11:00:00.000Z' }), won('after', { minor: 30, at: '2026-01-25T11:00:00.000Z' }));
    expect((await attainment('rep:ann', 'FY2026-P01')).json).toMatchObject({
      period: { kind: 'month', label: 'FY2026-P01', from: '2025-12-28', until: '2026-01-25' },
      achieved: euros('102.00'),
      target: euros('0.08'),
    });
    expect((await attainment('rep:ann', 'FY2026-P02')).json).toMatchObject({ achieved: euros('0.30') });
    expect((await attainment('team:north', 'FY2026-Q1')).json).toMatchObject({
      period: { until: '2026-03-29' },
      achieved: euros('102.30'),
      rolledUp: euros('90.25'),
    });
    expect((await attainment('company', 'FY2026')).json).toMatchObject({ period: { until: '2026-12-27' }, target: euros('1200.00') });
    expect(await attainment('company', '2026-03')).toMatchObject({ status: 422, code: 'period-not-found' });
  });

  it('keeps the months before a new version of the plan on the previous version', async () => {
    const { setUp, putPlan, attainment } = quotaInMemory();
    await setUp();
    await putPlan(plan);
    await putPlan(
      {
        ...plan,
        effectiveFrom: '2026-07-01',
        targets: [{ node: { level: 'company', key: 'company' }, annual: { amount: '2400.00', currency: euro } }],
      },
      '"1"',
    );
    expect((await attainment('company', '2026-06')).json).toMatchObject({ target: euros('100.00') });
    expect((await attainment('company', '2026-07')).json).toMatchObject({ target: euros('200.00') });
    expect((await attainment('company', 'FY2026')).json).toMatchObject({ target: euros('1800.00') });
  });

  it('shows a gap and no ratio for a target of 0', async () => {
    const { setUp, putPlan, receive, attainment } = quotaInMemory();
    await setUp();
    await putPlan({ ...plan, targets: [{ node: { level: 'rep', key: 'ann' }, annual: euros('0.00') }] });
    await receive(won('o1'));
    expect((await attainment('rep:ann', '2026-03')).json).toMatchObject({ target: euros('0.00'), gap: euros('-100.00'), attainment: null });
  });

  it('keeps a dissolved team readable, and counts it for the company', async () => {
    const { setUp, put, receive, attainment } = quotaInMemory();
    await setUp();
    await receive(won('o1', { repId: 'bob', teamId: 'south' }));
    const staying = organisation.reps.filter((rep) => rep.repId !== 'bob' && rep.repId !== 'chief');
    await put('organisation', { teams: organisation.teams.slice(0, 1), reps: staying });
    expect((await attainment('team:south', '2026-03', { role: 'finance' })).json).toMatchObject({ achieved: euros('100.00') });
    expect((await attainment('company', '2026-03')).json).toMatchObject({ achieved: euros('100.00') });
    expect((await attainment('team:south', '2026-03', { role: 'manager', subject: 'login-boss' })).status).toBe(404);
    expect((await attainment('team:never', '2026-03', { role: 'finance' })).status).toBe(404);
  });

  it.each([
    ['rep', 'login-ann', ['rep:ann']],
    ['manager', 'login-boss', ['rep:ann', 'rep:boss', 'rep:nora', 'team:north']],
    ['finance', 'login-finance', ['company', 'rep:ann', 'rep:bob', 'rep:boss', 'rep:nora', 'team:north', 'team:south']],
  ] as const)('shows a %s (%s) the nodes that this role may see, and 404 for others', async (role, subject, visible) => {
    const { setUp, attainment } = quotaInMemory();
    await setUp();
    const nodes = ['company', 'rep:ann', 'rep:bob', 'rep:boss', 'rep:nora', 'rep:stranger', 'team:north', 'team:south'];
    const answers = await Promise.all(
      nodes.map(async (node) => [node, (await attainment(node, '2026-03', { role, subject })).status] as const),
    );
    expect(answers.filter(([, status]) => status === 200).map(([node]) => node)).toEqual([...visible]);
    expect(answers.filter(([, status]) => status !== 200).every(([, status]) => status === 404)).toBe(true);
  });

  it.each(['2026-13', '2026-W10', 'FY2026-Q5', 'soon'])('refuses the period %s', async (period) => {
    const { setUp, attainment } = quotaInMemory();
    await setUp();
    expect(await attainment('company', period)).toMatchObject({ status: 422, code: 'period-not-found' });
  });
});

it('the credit of an order waits until there are settings', async () => {
  const { receive } = quotaInMemory();
  expect(await receive(won('early'))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
});
