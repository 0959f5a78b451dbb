import { describe, expect, it } from 'vitest';
import { document, isIn, problem, routedCompany, rule, type RoutedCompany } from '../../testing/routed-company.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const boss = { role: 'manager', subject: 'login-boss' } as const;
const form = { id: 'forms', when: { field: 'kind', test: 'equals', value: 'form' }, points: 40, halfLifeDays: 1, atMost: 80 };
const points = (id: string) => ({ fit: [{ id, when: isIn('DE'), points: 30 }], engagement: [form] });
const dayMillis = 86_400_000;

/** A company with points, and one lead of ann. */
const company = async () => {
  const made = await routedCompany(['ann', 'bob']);
  await made.put('/points', points('german'), '0');
  await made.profile('ann', { languages: ['de'] });
  await made.put('/routing', document(rule('german', isIn('DE'), { languages: ['de'] })));
  const { leadId } = await made.write({ country: 'DE' });
  const look = async (as: object = ann, tag?: string) =>
    made.call('GET /leads/{leadId}', { ...as, path: { leadId }, headers: tag === undefined ? {} : { 'if-none-match': tag } });
  const tagFor = async (as: object = ann) => String((await look(as)).headers['etag']);
  return { ...made, leadId, look, tagFor };
};

const changes: readonly (readonly [what: string, change: (made: RoutedCompany) => unknown])[] = [
  ['its points faded', (made) => made.move(dayMillis)],
  [
    'a segment was created that contains it',
    (made) => made.put('/segments', { segments: [{ segmentId: 'dach', name: 'DACH', kind: 'geographic', when: isIn('DE') }] }, '0'),
  ],
  [
    'criteria were published that explain it',
    (made) =>
      made.put('/qualification', { mql: isIn('FR'), sql: { intent: { field: 'bant.need', test: 'present' }, fit: isIn('FR') } }, '0'),
  ],
  ['another value was chosen', (made) => made.write({ country: 'DE', email: 'p1@firm1.example', name: 'Ada' })],
];

describe('a reader of a lead', () => {
  it('gets 304 while the lead would look exactly the same', async () => {
    const { look, tagFor } = await company();
    const tag = await tagFor();
    expect(await look(ann, tag)).toMatchObject({ status: 304, text: '', headers: { etag: tag } });
  });

  it.each(changes)('gets the lead again after %s', async (_what, change) => {
    const made = await company();
    const tag = await made.tagFor();
    await change(made);
    const { status, headers } = await made.look(ann, tag);
    expect(status).toBe(200);
    expect(headers['etag']).not.toBe(tag);
  });

  it('shares no ETag with a reader who sees more', async () => {
    const { look, tagFor } = await company();
    expect(await tagFor(ann)).not.toBe(await tagFor(boss));
    expect((await look(ann, await tagFor(boss))).status).toBe(200);
    expect((await look(boss, await tagFor(ann))).status).toBe(200);
    expect(await tagFor(boss)).toBe(await tagFor({ role: 'operations' }));
  });

  it('may still change the lead after its points faded, but not after somebody else changed it', async () => {
    const made = await company();
    const tag = await made.tagFor();
    made.move(dayMillis);
    const convert = () =>
      made.call('POST /leads/{leadId}/disqualify', {
        ...ann,
        path: { leadId: made.leadId },
        body: { reason: 'no-need' },
        headers: { 'if-match': tag },
      });
    expect((await convert()).status).toBe(200);
    expect(await convert()).toMatchObject(problem('version-conflict', 412));
  });
});

describe('a reader of a routing profile', () => {
  it('gets a new response when leads or time changed the profile, and may still replace the version that they read', async () => {
    const made = await company();
    const path = { repId: 'ann' };
    const read = (tag = '') => made.call('GET /sellers/{repId}', { path, headers: { 'if-none-match': tag } });
    const tag = String((await read()).headers['etag']);
    expect((await read(tag)).status).toBe(304);
    await made.write({ country: 'DE' });
    expect(await read(tag)).toMatchObject({ status: 200, json: { openLeads: 2 } });
    expect((await made.profile('ann', { capacity: 5 }, tag)).status).toBe(200);
    expect(await made.profile('ann', { capacity: 6 }, tag)).toMatchObject(problem('version-conflict', 412));
  });
});
