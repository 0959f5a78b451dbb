import {
  leadDetail,
  leadHead,
  learnedModelView,
  qualificationDifference,
  rehearsalOf,
  scoreDifference,
  segmentPreview,
} from '@meilenstein/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver, leadsOf, registerSource, type Source } from '@meilenstein/demo/steps/new-business';
import { criteria, points, segments } from '@meilenstein/demo/company/lead-rules';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from './small-company.ts';

const person = { name: 'Ada Byron', email: 'ada@byron-mills.example', company: 'Byron Mills', country: 'Germany', employees: '120' };
const need = { value: 'A second saw', evidence: 'Call of this week', on: '2026-01-05' };
const is = (status: number, code: string) => ({ status, body: { type: `urn:meilenstein:problem:${code}` } });

type Scene = SmallCompany & {
  readonly source: Source;
  readonly marketing: ApiClient;
  readonly operations: ApiClient;
  readonly rep: ApiClient;
};
let scene: Scene;

const theLead = async ({ operations, source }: Pick<Scene, 'operations' | 'source'>) => {
  const [found] = await leadsOf(operations, [source]);
  if (found === undefined) throw new Error('no lead came of the form');
  return found;
};
const detail = async () => leadDetail.parse((await scene.rep.call('GET', `/leads/${(await theLead(scene)).leadId}`)).body);
const etagOf = async (path: string): Promise<string> => (await scene.operations.call('GET', path)).etag ?? '';

beforeAll(async () => {
  const company = await bootSmallCompany();
  const { cloud } = company;
  const [marketing, operations] = [await apiClient(cloud, 'marketing', 'm'), await apiClient(cloud, 'operations', 'o')];
  const source = await registerSource(marketing, 'Contact form', 'standard-webhooks');
  await deliver(cloud, source, 'first', person);
  await cloud.quiet();
  const { owner } = await theLead({ operations, source });
  scene = { ...company, source, marketing, operations, rep: await apiClient(cloud, 'rep', `login-${owner?.repId ?? ''}`) };
}, 120_000);

afterAll(async () => {
  await scene.end();
});

describe('qualification over the local cloud', () => {
  it('explains to the owner the points of a lead, its stage and what is missing', async () => {
    expect(await detail()).toMatchObject({
      status: 'mql',
      grade: 'A',
      segments: ['midsize', 'germany'],
      scoring: { summary: '80 of 100 points, grade A: 70 for who the person is and 10 for what the person did' },
      learned: { status: 'not-enough-outcomes', needed: 40 },
    });
    expect((await detail()).qualification?.summary[1]).toBe(
      'Not yet qualified by sales (SQL). Still missing for intent: need is known (not known so far), or number of contacts is at least 2 (here: 1)',
    );
    const other = await apiClient(scene.cloud, 'rep', 'login-nobody');
    expect(await other.call('GET', `/leads/${(await theLead(scene)).leadId}`)).toMatchObject(is(404, 'lead-not-found'));
  });

  it('serves GET and PUT /points', async () => {
    const read = await scene.marketing.call('GET', '/points');
    expect(read.body).toMatchObject({ version: 1, rules: [], fit: points.fit });
    const put = (body: unknown, ifMatch?: string) =>
      scene.marketing.call('PUT', '/points', { body, ...(ifMatch === undefined ? {} : { ifMatch }) });
    expect(await put({ ...points, rules: [] }, read.etag)).toMatchObject(is(422, 'mixed-rules'));
    expect(await put(points, read.etag)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await put(points, read.etag)).toMatchObject(is(412, 'version-conflict'));
    expect((await put(points)).status).toBe(428);
  });

  it('serves GET and PUT /qualification', async () => {
    const put = async (body: unknown) => scene.marketing.call('PUT', '/qualification', { body, ifMatch: await etagOf('/qualification') });
    expect(await put({ ...criteria, sql: { fit: criteria.sql.fit } })).toMatchObject(is(422, 'intent-missing'));
    expect((await put({ ...criteria, mql: 'true' })).status).toBe(400);
    expect(await put(criteria)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await scene.rep.call('PUT', '/qualification', { body: criteria, ifMatch: '*' })).status).toBe(403);
  });

  it('serves GET and PUT /segments and POST /segments/preview', async () => {
    const put = async (body: unknown) => scene.marketing.call('PUT', '/segments', { body, ifMatch: await etagOf('/segments') });
    expect(await put({ segments: [...segments, ...segments] })).toMatchObject(is(422, 'duplicate-segment'));
    expect(await put({ segments })).toMatchObject({ status: 200, body: { version: 2 } });
    const preview = (when: unknown, by = scene.operations) =>
      by.call('POST', '/segments/preview', {
        body: { segment: { segmentId: 'mills', name: 'Mills', kind: 'persona', when } },
      });
    expect(await preview({ field: 'industry', test: 'present' })).toMatchObject(is(422, 'field-not-found'));
    // Marketing sees no lead, so it may not ask for one letter by letter.
    expect(await preview({ field: 'company', test: 'contains', value: 'mills' }, scene.marketing)).toMatchObject(
      is(422, 'field-confidential'),
    );
    const { body } = await preview({ field: 'company', test: 'contains', value: 'mills' });
    expect(segmentPreview.parse(body)).toMatchObject({
      size: 1,
      total: 1,
      overlaps: [{ shared: 1 }, { shared: 1 }, { shared: 0 }, { shared: 0 }],
    });
  });

  it('serves POST /points/rehearsal and POST /qualification/rehearsal', async () => {
    const { leadId } = await theLead(scene);
    const fewer = { ...points, fit: points.fit.slice(0, 2) };
    const scores = rehearsalOf(scoreDifference);
    expect(await scene.operations.get(scores, '/points').catch(() => 'is no rehearsal')).toBe('is no rehearsal');
    expect(await scene.marketing.send(scores, 'POST', '/points/rehearsal', { body: fewer })).toMatchObject({
      examined: 1,
      items: [{ leadId, before: { score: 80 }, after: { score: 45, grade: 'C' } }],
    });
    expect(await scene.marketing.call('POST', '/points/rehearsal', { body: {} })).toMatchObject(is(422, 'rules-missing'));
    const eager = { ...criteria, sql: { ...criteria.sql, intent: { field: 'touches', test: 'at-least', value: 1 } } };
    const stages = rehearsalOf(qualificationDifference);
    expect(await scene.operations.send(stages, 'POST', '/qualification/rehearsal?days=7', { body: eager })).toMatchObject({
      items: [{ leadId, before: { sql: null }, after: { sql: expect.any(String) } }],
    });
    expect((await scene.operations.call('POST', '/qualification/rehearsal?days=400', { body: eager })).status).toBe(400);
    expect((await scene.rep.call('POST', '/qualification/rehearsal', { body: eager })).status).toBe(403);
  });

  it('serves POST /leads/{leadId}/qualify and /disqualify, and requalifies a person who comes back', async () => {
    const { cloud, source } = scene;
    const path = `/leads/${(await theLead(scene)).leadId}`;
    const post = async (verb: string, body: unknown) => scene.rep.call('POST', `${path}/${verb}`, { body, ifMatch: await etagOf(path) });
    expect(await post('qualify', { need: { ...need, evidence: '' } })).toMatchObject(is(422, 'evidence-missing'));
    expect(leadHead.parse((await post('qualify', { need })).body).status).toBe('sql');
    expect(await post('disqualify', {})).toMatchObject(is(422, 'reason-missing'));
    expect(await post('disqualify', { reason: 'price-problem' })).toMatchObject({ status: 200, body: { status: 'disqualified' } });
    expect(await post('convert', {})).toMatchObject(is(422, 'lead-disqualified'));
    await deliver(cloud, source, 'second', { ...person, message: 'The new price is fine' });
    await cloud.quiet();
    expect(await detail()).toMatchObject({ status: 'sql', disqualification: null, qualification: { now: { category: 'price-problem' } } });
  });

  it('serves GET /learned-score after a night of training', async () => {
    await scene.cloud.runSchedule('meilenstein-dev-learn-from-outcomes', new Date().toISOString());
    expect(await scene.marketing.get(learnedModelView, '/learned-score')).toMatchObject({ status: 'not-enough-outcomes', won: 0 });
    expect((await scene.rep.call('GET', '/learned-score')).status).toBe(403);
  });
});
