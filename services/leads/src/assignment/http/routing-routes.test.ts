import { describe, expect, it } from 'vitest';
import { document, isIn, office, ownersOf, problem, routedCompany, rule, type RoutedCompany } from '../../testing/routed-company.ts';
import * as z from 'zod';

const tree = [
  { territoryId: 'dach', name: 'DACH', parentId: null, when: { field: 'country', test: 'one-of', values: ['DE', 'AT', 'CH'] } },
  { territoryId: 'de', name: 'Germany', parentId: 'dach', when: isIn('DE'), from: '2026-03-10' },
  { territoryId: 'north', name: 'The north', parentId: 'de', when: { field: 'custom.zip', test: 'starts-with', value: '2' } },
];
const ids = (answer: { readonly json: unknown }) =>
  z
    .object({ territories: z.array(z.looseObject({ territoryId: z.string() })) })
    .parse(answer.json)
    .territories.map((one) => one.territoryId);

describe('the territories', () => {
  it('are read as a tree, from one territory down, and as of a day', async () => {
    const company = await routedCompany(['ann']);
    expect(await company.put('/territories', { territories: tree }, '0')).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
    });
    const get = (query = {}) => company.call('GET /territories', { query, role: 'rep' });
    expect((await get()).json).toMatchObject({
      version: 1,
      territories: [{ descendants: ['de', 'north'] }, { within: ['dach'] }, { within: ['de', 'dach'] }],
    });
    expect([ids(await get({ under: 'de' })), ids(await get({ on: '2026-03-09' })), ids(await get({ on: '2026-03-10' }))]).toEqual([
      ['de', 'north'],
      ['dach'],
      ['dach', 'de', 'north'],
    ]);
    expect(await get({ under: 'fr' })).toMatchObject(problem('territory-not-found', 404));
  });

  it.each([
    ['a cycle', [{ ...tree[0], parentId: 'dach' }], 'territory-cycle', 'parentId'],
    ['an unknown parent', [{ ...tree[1] }], 'parent-territory-not-found', 'parentId'],
    ['a duplicate', [tree[0], tree[0]], 'duplicate-territory', 'territories'],
    ['an unknown field', [{ ...tree[0], when: { field: 'contry', test: 'present' } }], 'field-not-found', 'territories[0].when'],
  ])('with %s are refused with the field', async (_what, territories, code, field) => {
    const company = await routedCompany([]);
    const answer = await company.put('/territories', { territories }, '0');
    expect(answer).toMatchObject(problem(code, 422));
    expect(z.looseObject({ field: z.string() }).parse(answer.json).field).toContain(field);
  });

  it('cannot lose a territory that a rule or a rep needs, and cannot be changed by a request with an older version', async () => {
    const company = await routedCompany(['ann']);
    await company.put('/territories', { territories: tree }, '0');
    await company.profile('ann', { territories: ['north'] });
    await company.put('/routing', document(rule('de', isIn('DE'), { territory: { territoryId: 'de' } })));
    expect(await company.put('/territories', { territories: tree.slice(0, 2) })).toMatchObject(problem('territory-in-use', 422));
    expect(await company.put('/territories', { territories: tree }, '0')).toMatchObject(problem('version-conflict', 412));
    expect((await company.call('PUT /territories', { body: { territories: tree } })).status).toBe(428);
    const backwards = [{ ...tree[0], from: '2026-03-10', until: '2026-03-10' }];
    expect((await company.put('/territories', { territories: backwards })).status).toBe(400);
    expect((await company.put('/territories', { territories: tree }, '*', { role: 'manager' })).status).toBe(403);
  });
});

describe('a seller', () => {
  const about = {
    skills: ['saws'],
    languages: ['de'],
    capacity: 5,
    weight: 2,
    hours: office,
    absences: [{ from: '2026-03-02T00:00:00Z', until: '2026-03-03T23:00:00Z' }],
  };

  it('is read by the rep, the manager and operations, and changed by the manager and operations', async () => {
    const company = await routedCompany(['ann', 'bob']);
    expect(await company.profile('ann', about, '0')).toMatchObject({
      status: 200,
      headers: { etag: expect.stringMatching(/^"1\./) },
      json: { repId: 'ann', weight: 2, openLeads: 0, availableFrom: '2026-03-04T08:00:00.000Z' },
    });
    const get = (call: object) => company.call('GET /sellers/{repId}', { path: { repId: 'ann' }, ...call });
    const self = { role: 'rep', subject: 'login-ann' };
    expect((await get(self)).json).toMatchObject({ skills: ['saws'], absences: [{ until: '2026-03-03T23:00:00.000Z' }] });
    expect(await get({ role: 'rep', subject: 'login-bob' })).toMatchObject(problem('rep-not-found', 404));
    const put = (call: object) =>
      company.put('/sellers/{repId}', about, '*', { path: { repId: 'ann' }, headers: { 'if-match': '*' }, ...call });
    expect([(await put(self)).status, (await put({ role: 'manager', subject: 'login-boss' })).status]).toEqual([403, 200]);
    expect(await put({ role: 'manager', subject: 'stranger' })).toMatchObject(problem('rep-not-found', 404));
  });

  it('cannot have an unknown territory or an absence that ends before it begins, nor be changed on an older version', async () => {
    const company = await routedCompany(['ann']);
    expect(await company.profile('ann', { territories: ['fr'] })).toMatchObject({
      ...problem('territory-not-found', 422),
      json: { field: 'territories', value: 'fr' },
    });
    const absences = [{ from: '2026-03-03T00:00:00Z', until: '2026-03-02T00:00:00Z' }];
    expect((await company.profile('ann', { absences })).json).toMatchObject({ status: 400, issues: [{ path: 'body.absences.0.until' }] });
    await company.profile('ann', about, '0');
    expect(await company.profile('ann', about, '0')).toMatchObject(problem('version-conflict', 412));
    expect(await company.profile('nobody', about)).toMatchObject(problem('rep-not-found', 404));
  });
});

describe('routing rules', () => {
  it('are the default rules until others are published', async () => {
    const company = await routedCompany([]);
    expect((await company.call('GET /routing')).json).toMatchObject({
      version: 0,
      rules: [{ id: 'everybody' }],
      queue: { queueId: 'unassigned' },
    });
    expect(await company.put('/routing', document(rule('de', isIn('DE'))), '0')).toMatchObject({
      status: 200,
      json: { version: 1 },
      headers: { etag: '"1"' },
    });
    expect(await company.put('/routing', document(), '0')).toMatchObject(problem('version-conflict', 412));
    expect((await company.put('/routing', document(), '*', { role: 'rep' })).status).toBe(403);
  });

  it.each([
    ['a duplicate', [rule('a', isIn('DE')), rule('a', isIn('FR'))], 'duplicate-rule', 'rules'],
    ['an unknown team', [rule('a', isIn('DE'), { teams: ['west'] })], 'team-not-found', 'rules[0].to.teams'],
    ['an unknown territory', [rule('a', isIn('DE'), { territory: { territoryId: 'x' } })], 'territory-not-found', 'rules[0].to.territory'],
    [
      'a test that is not applicable',
      [rule('a', { field: 'country', test: 'at-least', value: 3 })],
      'test-not-applicable',
      'rules[0].when',
    ],
    ['an invalid value', [rule('a', { field: 'employees', test: 'equals', value: 'many' })], 'value-invalid', 'rules[0].when'],
  ])('with %s are refused with the field', async (_what, rules, code, field) => {
    const company = await routedCompany([]);
    const answer = await company.put('/routing', document(...rules), '0');
    expect(answer).toMatchObject(problem(code, 422));
    expect(z.looseObject({ field: z.string() }).parse(answer.json).field).toContain(field);
    const rehearsed = await company.call('POST /routing/rehearse', { body: { document: document(...rules) } });
    expect(rehearsed).toMatchObject(problem(code, 422));
  });
});

describe('a queue', () => {
  const queue = (about: object) => ({ queueId: 'inbox', minutes: 60, ...about });
  const night = { zone: 'Europe/Berlin', windows: [{ weekday: 1, from: '18:00', until: '08:00' }] };
  it.each([
    ['of an unknown team', { teamId: 'team-none' }, 'team-not-found', 'teamId'],
    ['of an unknown region', { region: 'XX' }, 'region-not-found', 'region'],
    ['without working hours', { hours: { zone: 'Europe/Berlin', windows: [] } }, 'no-working-time', 'hours'],
    ['with a night as one window', { hours: night }, 'no-working-time', 'hours.windows[0]'],
  ])('%s is refused with the field, for the default queue and for the queue of a rule', async (_what, about, code, field) => {
    const company = await routedCompany([]);
    const ofAll = { rules: [], queue: queue(about) };
    const ofRule = { rules: [{ ...rule('a', isIn('DE')), queue: queue(about) }], queue: queue({}) };
    expect(await company.put('/routing', ofAll, '0')).toMatchObject({ ...problem(code, 422), json: { field: `queue.${field}` } });
    expect(await company.put('/routing', ofRule, '0')).toMatchObject({ ...problem(code, 422), json: { field: `rules[0].queue.${field}` } });
    expect(await company.call('POST /routing/rehearse', { body: { document: ofAll } })).toMatchObject(problem(code, 422));
    expect((await company.put('/routing', { rules: [], queue: queue({ teamId: 'north', hours: office }) }, '0')).status).toBe(200);
  });

  it('and a rep with an unknown region are refused in the same way', async () => {
    const company = await routedCompany(['ann']);
    expect(await company.profile('ann', { region: 'XX' })).toMatchObject({
      ...problem('region-not-found', 422),
      json: { field: 'region', value: 'XX' },
    });
    expect(await company.profile('ann', { hours: night })).toMatchObject(problem('no-working-time', 422));
  });
});

const rehearsal = z.object({
  leads: z.int(),
  differences: z.int(),
  changed: z.array(z.object({ leadId: z.string(), candidate: z.looseObject({ to: z.looseObject({ repId: z.string().optional() }) }) })),
  active: z.record(z.string(), z.int()),
  candidate: z.record(z.string(), z.int()),
});

/** The same people write at the same times, of three countries. */
const history = async (company: RoutedCompany): Promise<void> => {
  for (const country of ['DE', 'FR', 'DE', 'AT', 'DE', 'FR', 'DE', 'DE']) {
    await company.write({ country });
    company.move(3_600_000);
  }
};

describe('POST /routing/rehearse', () => {
  const active = document(rule('all', { field: 'email', test: 'present' }));
  const candidate = document(rule('fr', isIn('FR'), { languages: ['fr'] }), rule('rest', { field: 'email', test: 'present' }));
  const reps = ['ann', 'bob', 'cem'];

  it('predicts for recent leads what happens once the version is active and they come again', async () => {
    const company = await routedCompany(reps);
    await company.profile('bob', { languages: ['fr'] });
    await company.put('/routing', active, '0');
    await history(company);
    const before = company.events().length;
    const said = rehearsal.parse((await company.call('POST /routing/rehearse', { body: { document: candidate } })).json);
    expect(company.events()).toHaveLength(before);
    expect(said.leads).toBe(8);
    expect(said.differences).toBeGreaterThan(0);
    const was = ownersOf(company);
    const again = await routedCompany(reps);
    await again.profile('bob', { languages: ['fr'] });
    await again.put('/routing', candidate, '0');
    await history(again);
    const is = ownersOf(again);
    expect([...is.keys()].toSorted()).toEqual([...was.keys()].toSorted());
    const expected = new Map([...was].map(([id, rep]) => [id, said.changed.find((one) => one.leadId === id)?.candidate.to.repId ?? rep]));
    expect(new Map([...is].toSorted())).toEqual(new Map([...expected].toSorted()));
    const tally = Object.fromEntries([...Map.groupBy(is.values(), (rep) => rep)].map(([rep, all]) => [rep, all.length]));
    expect(said.candidate).toEqual(tally);
  });

  it('shows no change for the rules in force, and for other profiles who would have received the leads and why', async () => {
    const company = await routedCompany(reps);
    await company.put('/routing', active, '0');
    await history(company);
    const rehearse = async (body: object) => rehearsal.parse((await company.call('POST /routing/rehearse', { body })).json);
    expect(await rehearse({})).toMatchObject({ leads: 8, differences: 0, changed: [] });
    const away = { repId: 'ann', absences: [{ from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' }] };
    const without = await rehearse({ profiles: [away] });
    expect(Object.keys(without.candidate)).toEqual(['bob', 'cem']);
    expect(without.changed[0]?.candidate).toMatchObject({ because: '“Leads all”, by rotation among 2', ruleId: 'all' });
    expect((await company.call('POST /routing/rehearse', { role: 'rep', body: {} })).status).toBe(403);
  });
});
