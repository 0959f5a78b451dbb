import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const reasonsOf = async (leads: LeadsInMemory): Promise<readonly (string | null)[]> =>
  z
    .object({ items: z.array(z.object({ reason: z.string().nullable() })) })
    .parse((await leads.call('GET /submissions')).json)
    .items.map((item) => item.reason);
const captured = (leads: LeadsInMemory): number => leads.events().filter((event) => event.name === 'LeadCaptured').length;
const person = (n: number) => ({ email: `person${n}@mills.example` });

describe('a form with a captcha', () => {
  const withCaptcha = async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { captcha: true });
    await leads.call('PUT /sources/{sourceId}/captcha', { path: { sourceId: form.id }, body: { secret: 'a-turnstile-secret' } });
    return { leads, form };
  };
  const solved = { 'cf-turnstile-response': 'token' };
  const answers = (success: boolean) => async () => ({ status: 200, text: JSON.stringify({ success }) });

  it('creates a lead if the captcha was solved, and asks Turnstile only after the submission was stored', async () => {
    const { leads, form } = await withCaptcha();
    leads.meet(answers(true));
    expect((await leads.submit(form.id, { ...person(1), ...solved })).status).toBe(202);
    expect(leads.asked).toEqual([]);
    await leads.settle();
    expect(captured(leads)).toBe(1);
    const [{ request }] = z.tuple([z.object({ request: z.object({ body: z.string() }) })]).parse(leads.asked);
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({ secret: 'a-turnstile-secret', response: 'token' });
  });

  it('quarantines a submission with a failed captcha or without a token', async () => {
    const { leads, form } = await withCaptcha();
    leads.meet(answers(false));
    await leads.submit(form.id, { ...person(1), ...solved });
    await leads.submit(form.id, person(2));
    await leads.settle();
    expect((await reasonsOf(leads)).toSorted()).toEqual(['captcha-failed', 'captcha-missing']);
    expect(captured(leads)).toBe(0);
  });

  it('keeps a submission while Turnstile is unavailable and reads it again later', async () => {
    const { leads, form } = await withCaptcha();
    let away = 3;
    leads.meet(async () => {
      away -= 1;
      if (away === 2) throw new Error('no answer in time');
      return away >= 0 ? { status: 503, text: '' } : { status: 200, text: '{"success":true}' };
    });
    await leads.submit(form.id, { ...person(1), ...solved });
    await leads.settle();
    expect(captured(leads)).toBe(1);
  });
});

describe('a form with a minimum time to fill it in', () => {
  const stampOf = async (leads: LeadsInMemory, sourceId: string) =>
    z.object({ stamp: z.string() }).parse((await leads.post('GET /webhooks/{sourceId}/stamp', { path: { sourceId } })).json).stamp;

  it('accepts a form that took long enough, and quarantines one that was too fast, too late or has a forged stamp', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { minimumSeconds: 5 });
    const stamp = await stampOf(leads, form.id);
    leads.move(4_999);
    await leads.submit(form.id, { ...person(1), _stamp: stamp });
    leads.move(1);
    await leads.submit(form.id, { ...person(2), _stamp: stamp });
    await leads.submit(form.id, person(3));
    await leads.submit(form.id, { ...person(4), _stamp: stamp.replace(/^\d/, '1').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) });
    leads.move(24 * 3600_000);
    await leads.submit(form.id, { ...person(5), _stamp: stamp });
    await leads.settle();
    expect((await reasonsOf(leads)).toSorted()).toEqual(['filled-too-fast', 'stamp-expired', 'stamp-invalid', 'stamp-missing']);
    expect(captured(leads)).toBe(1);
  });
});

describe('a source with a rate limit', () => {
  it('accepts as many submissions a minute as the limit and quarantines the others until they are released by hand', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form', { limits: { source: 3, network: null } });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => leads.submit(form.id, person(n))));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    await leads.settle();
    expect(captured(leads)).toBe(3);
    expect(await reasonsOf(leads)).toEqual(Array.from({ length: 5 }, () => 'source-rate-exceeded'));
    const { items } = z
      .object({ items: z.array(z.object({ submissionId: z.string() })) })
      .parse((await leads.call('GET /submissions')).json);
    await leads.call('POST /submissions/{submissionId}/release', { path: { submissionId: items[0]?.submissionId ?? '' } });
    await leads.settle();
    expect(captured(leads)).toBe(4);
  });
});

describe('a submission in quarantine', () => {
  it('can be purged: its content is gone, and it is counted as rejected', async () => {
    const leads = leadsInMemory();
    const form = await leads.register('html-form');
    await leads.submit(form.id, { nothing: 'of use' });
    await leads.settle();
    const { items } = z
      .object({ items: z.array(z.object({ submissionId: z.string() })) })
      .parse((await leads.call('GET /submissions')).json);
    const path = { submissionId: items[0]?.submissionId ?? '' };
    expect(await leads.call('POST /submissions/{submissionId}/purge', { path })).toMatchObject({
      status: 200,
      json: { status: 'rejected' },
    });
    expect(await leads.call('POST /submissions/{submissionId}/purge', { path })).toMatchObject({
      status: 409,
      json: { type: 'urn:meilenstein:problem:submission-not-quarantined', field: 'submissionId', value: path.submissionId },
    });
    expect(leads.bodies()).toBe('');
    const reconciliations = await leads.call('GET /sources/{sourceId}/reconciliation', {
      path: { sourceId: form.id },
      query: { day: '2026-03-02' },
    });
    expect(reconciliations.json).toMatchObject({ received: 1, created: 0, rejected: { purged: 1 }, balanced: true });
  });
});

describe('a test of a payload', () => {
  const trial = z.looseObject({
    outcome: z.string(),
    reason: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()),
    explanation: z.array(z.object({ path: z.string(), target: z.string().nullable(), value: z.string().nullable(), result: z.string() })),
  });
  const attempt = async (settings: Record<string, unknown>, body: unknown) => {
    const leads = leadsInMemory();
    const { id } = await leads.register('standard-webhooks');
    const before = leads.table.dump().length;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await leads.call('POST /sources/{sourceId}/try', { path: { sourceId: id }, body: { body: text, settings } });
    expect(leads.table.dump()).toHaveLength(before);
    return { status: answer.status, ...trial.parse(answer.json) };
  };

  it('shows which field each value becomes, and stores nothing', async () => {
    const tried = await attempt(
      { mapping: { 'form.mail': 'email', 'form.size': 'custom.fleet-size' } },
      { form: { mail: 'a@b.example', size: 12 } },
    );
    expect(tried).toMatchObject({ outcome: 'lead', fields: { email: 'a@b.example', custom: { 'fleet-size': '12' } } });
    expect(tried.explanation.map((line) => [line.path, line.target])).toEqual(
      expect.arrayContaining([
        ['form.mail', 'email'],
        ['form.size', 'custom.fleet-size'],
      ]),
    );
  });

  it('names a wrong mapping, the value at its path, and the paths that the payload has instead', async () => {
    const tried = await attempt({ mapping: { 'form.email': 'email' } }, { form: { mail: 'a@b.example' } });
    expect(tried).toMatchObject({ outcome: 'quarantined', reason: 'email-and-phone-missing' });
    expect(tried.explanation.find((line) => line.path === 'form.email')?.result).toBe('there is nothing at this path');
    expect(tried.explanation.find((line) => line.path === 'form.mail')).toEqual({
      path: 'form.mail',
      target: null,
      value: 'a@b.example',
      result: 'is not mapped; to use it as email, map "form.mail" to "email"',
    });
  });

  it('explains each value in the language of the caller', async () => {
    const leads = leadsInMemory();
    const { id } = await leads.register('standard-webhooks');
    const answer = await leads.call('POST /sources/{sourceId}/try', {
      path: { sourceId: id },
      body: {
        body: JSON.stringify({ mail: 'a@b.example', tel: 'x', formular: 'c@d.example' }),
        settings: { mapping: { mail: 'email', tel: 'phone', weg: 'name' } },
      },
      headers: { 'accept-language': 'de' },
    });
    expect(trial.parse(answer.json).explanation.map((line) => `${line.path} ${line.result}`)).toEqual([
      'weg unter diesem Pfad steht nichts',
      'mail zugeordnet',
      'tel ist keine Telefonnummer',
      'formular ist nicht zugeordnet; als E-Mail-Adresse nutzbar, wenn Sie „formular“ zuordnen',
    ]);
  });

  it('says why a body cannot be read', async () => {
    expect(await attempt({}, '{"a":')).toMatchObject({ outcome: 'quarantined', reason: 'body-not-json' });
  });
});
