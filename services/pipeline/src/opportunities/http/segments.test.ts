import { describe, expect, it } from 'vitest';
import { pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const body = (segment?: string) => ({
  processId: 'machines',
  account: { id: 'acme', name: 'Acme' },
  owner: 'ann',
  ...(segment === undefined ? {} : { segment }),
});
const row = (externalId: string, segment: string) => ({
  kind: 'opportunity',
  externalId,
  occurredAt: '2026-01-10T09:00:00Z',
  processId: 'machines',
  account: { externalId: 'acme', name: 'Acme' },
  owner: 'ann',
  segment,
  amount: null,
});

describe('S11 the segment of an opportunity', () => {
  it('must exist: a slip of the pen is refused with its value and the segments that there are', async () => {
    const { call } = await pipelineInMemory();
    expect(await call('POST /opportunities', { body: body('mittelstnad') })).toMatchObject({
      status: 422,
      code: 'segment-not-found',
      json: { field: 'segment', value: 'mittelstnad', detail: expect.stringContaining('small, mid, enterprise') },
    });
    expect(await call('POST /opportunities', { body: body('mid') })).toMatchObject({ status: 201, json: { segment: 'mid' } });
    expect((await call('POST /opportunities', { body: body() })).status).toBe(201);
  });

  it('must exist when it is changed', async () => {
    const { open, command } = await pipelineInMemory();
    const id = await open('ann', { segment: 'mid' });
    expect(await command(id, 'amend', { segment: 'huge' })).toMatchObject({ status: 422, code: 'segment-not-found' });
    expect(await command(id, 'amend', { segment: 'small' })).toMatchObject({ status: 200, json: { segment: 'small' } });
    expect(await command(id, 'amend', { segment: null })).toMatchObject({ status: 200, json: { segment: null } });
  });

  it('stays readable and may stay when the company gives it up', async () => {
    const { open, get, command, call, publishSegments } = await pipelineInMemory();
    const id = await open('ann', { segment: 'mid' });
    await publishSegments(2, ['large']);
    expect(await get(id)).toMatchObject({ status: 200, json: { segment: 'mid' } });
    expect(await command(id, 'amend', { segment: 'mid', owner: 'nora' })).toMatchObject({ status: 200, json: { segment: 'mid' } });
    expect((await call('POST /opportunities', { body: body('mid') })).code).toBe('segment-not-found');
    expect((await call('POST /opportunities', { body: body('large') })).status).toBe(201);
  });

  it('is checked by the newest version, in whatever order the versions arrive', async () => {
    const { call, publishSegments } = await pipelineInMemory();
    await publishSegments(3, ['new']);
    await publishSegments(2, ['old']);
    expect((await call('POST /opportunities', { body: body('new') })).status).toBe(201);
    expect((await call('POST /opportunities', { body: body('old') })).code).toBe('segment-not-found');
  });

  it('rejects an imported row that names another one; the same row again changes nothing, also when the segment was given up', async () => {
    const { importRows, publishSegments } = await pipelineInMemory();
    const first = await importRows([row('o-1', 'mid'), row('o-2', 'mittelstnad')]);
    expect(first.outcomes).toMatchObject([
      { state: 'created' },
      { state: 'rejected', field: 'segment', rule: expect.stringContaining('segment-not-found') },
    ]);
    await publishSegments(2, []);
    expect((await importRows([row('o-1', 'mid')], 'i2')).outcomes).toMatchObject([{ state: 'unchanged' }]);
    expect((await importRows([row('o-3', 'mid')], 'i3')).outcomes).toMatchObject([{ state: 'rejected', field: 'segment' }]);
  });
});
