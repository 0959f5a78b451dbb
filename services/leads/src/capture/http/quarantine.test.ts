import { quarantinedView } from '@meilenstein/contracts';
import { logger } from '@meilenstein/runtime';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';
import { problem } from '../../testing/routed-company.ts';

const listed = z.object({ items: z.array(z.object({ submissionId: z.string() })) });

/** A form whose fields nobody has mapped yet, and what somebody sent by it. */
const quarantined = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann');
  const form = await leads.register('html-form');
  await leads.submit(form.id, { kontakt: 'ada@mills.example', anliegen: 'A saw' });
  await leads.settle();
  const { items } = listed.parse((await leads.call('GET /submissions')).json);
  const id = items[0]?.submissionId ?? '';
  const look = (role: 'marketing' | 'operations' | 'rep' | 'admin' = 'marketing') =>
    leads.call('GET /submissions/{submissionId}', { role, subject: 'login-mia', path: { submissionId: id } });
  const attempt = (body: object, sourceId: string = form.id) =>
    leads.call('POST /sources/{sourceId}/try', { role: 'marketing', subject: 'login-mia', path: { sourceId }, body });
  return { leads, form, id, look, attempt };
};

afterEach(() => vi.restoreAllMocks());

describe('the content of a submission in quarantine', () => {
  it('is shown to marketing field by field and in its original form', async () => {
    const { look } = await quarantined();
    const answer = await look();
    expect(answer.status).toBe(200);
    const view = quarantinedView.parse(answer.json);
    expect(view).toMatchObject({
      status: 'quarantined',
      reason: 'email-and-phone-missing',
      body: 'kontakt=ada%40mills.example&anliegen=A+saw',
    });
    expect(view.fields).toEqual([
      { path: 'kontakt', value: 'ada@mills.example' },
      { path: 'anliegen', value: 'A saw' },
    ]);
  });

  it('writes a log line without the content when it is read by somebody who may not see leads', async () => {
    const { id, look, attempt } = await quarantined();
    const written: string[] = [];
    vi.spyOn(logger, 'info').mockImplementation((...line) => void written.push(JSON.stringify(line)));
    await look('operations');
    expect(written.join()).not.toContain('quarantine was read');
    await look('marketing');
    await attempt({ submissionId: id });
    const lines = written.filter((line) => line.includes('quarantine was read'));
    expect(lines).toHaveLength(2);
    expect(lines.join()).toContain('login-mia');
    expect(written.join()).not.toContain('ada@');
  });

  it('is refused to reps, and to everybody after it was purged, released or has expired', async () => {
    const { leads, id, look, attempt } = await quarantined();
    expect((await look('rep')).status).toBe(403);
    leads.move(31 * 24 * 3_600_000);
    expect(await look()).toMatchObject(problem('submission-not-found', 404));
    const other = await quarantined();
    await other.leads.call('POST /submissions/{submissionId}/purge', { path: { submissionId: other.id } });
    expect(await other.look()).toMatchObject(problem('submission-not-found', 404));
    expect(await other.attempt({ submissionId: other.id })).toMatchObject(problem('submission-not-found', 404));
    expect(await attempt({ submissionId: id })).toMatchObject(problem('submission-not-found', 404));
  });

  it('can be tested with another mapping before it is released', async () => {
    const { leads, id, attempt } = await quarantined();
    expect(await attempt({ submissionId: id })).toMatchObject({ status: 200, json: { outcome: 'quarantined' } });
    const settings = { mapping: { kontakt: 'email', anliegen: 'message' } };
    const fields = { email: 'ada@mills.example', message: 'A saw' };
    expect(await attempt({ submissionId: id, settings })).toMatchObject({ status: 200, json: { outcome: 'lead', fields } });
    const elsewhere = await leads.register('html-form');
    expect(await attempt({ submissionId: id }, elsewhere.id)).toMatchObject(problem('submission-not-found', 404));
    expect(await attempt({ submissionId: id, body: '{}' })).toMatchObject(problem('payload-missing', 422));
    expect(await attempt({})).toMatchObject(problem('payload-missing', 422));
  });
});
