import { reconciliationView, leadView, sourceView, type LeadView } from '@meilenstein/contracts';
import { opensslHmac } from '@meilenstein/leads/testing/senders/openssl';
import { ada, contentTypeOf, encode, type Person, type Sender } from '@meilenstein/leads/testing/senders/sender';
import { senders } from '@meilenstein/leads/testing/senders/senders';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { everyPage, apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';

const registered = z.object({
  source: sourceView,
  secret: z.object({ secret: z.string(), verifyToken: z.string().nullable() }).nullable(),
});
const fetcher = 'meilenstein-dev-leads-on-submission-referred';

type Form = {
  readonly sender: Sender;
  readonly sourceId: string;
  readonly secret: string;
  readonly verifyToken: string | null;
  readonly person: Person;
};

let company: SmallCompany;
let marketing: ApiClient;
let forms: readonly Form[];

const register = async (sender: Sender, index: number): Promise<Form> => {
  const given = sender.secret === undefined ? {} : { secret: sender.secret };
  const body = { name: sender.title, provider: sender.provider, ...sender.settings, ...given };
  const { source, secret } = await marketing.send(registered, 'POST', '/sources', { body });
  const person = { ...ada, email: `ada.${index}@example.com`, phone: `+49 30 90182${index + 10}`, reference: String(4700 + index) };
  return { sender, sourceId: source.sourceId, secret: secret?.secret ?? '', verifyToken: secret?.verifyToken ?? null, person };
};

/** Posts what the sender would, signed by openssl; `forged` changes a byte after it was signed. */
const post = async ({ sender, sourceId, secret }: Form, body: Buffer, { forged = false, id = 'delivery-1' } = {}): Promise<Response> => {
  const address = `${company.cloud.apiUrl}/webhooks/${sourceId}`;
  const bytes = Buffer.from(body);
  const { headers, query = {} } = sender.sign({
    secret: secret || 'none',
    bytes,
    url: address.replace('http:', 'https:'),
    at: Date.now(),
    id,
  });
  const last = bytes.length - 1;
  if (forged) bytes[last] = (bytes[last] ?? 0) ^ 1;
  const token = new URLSearchParams(forged ? {} : query).toString();
  const url = token === '' ? address : `${address}?${token}`;
  const proof = forged
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => !['authorization', 'x-webhook-token'].includes(name)))
    : headers;
  return fetch(url, { method: 'POST', headers: { 'content-type': contentTypeOf(sender.encoding), ...proof }, body: bytes });
};
const bodyOf = ({ sender, secret, person }: Form, about: Person = person): Buffer =>
  encode(sender.encoding, sender.contentOf(about, secret));
const reconciliationOf = (form: Form) =>
  marketing.get(reconciliationView, `/sources/${form.sourceId}/reconciliation?day=${new Date().toISOString().slice(0, 10)}`);
const isThin = ({ sender }: Form): boolean => sender.documentOf !== undefined;

beforeAll(async () => {
  company = await bootSmallCompany();
  // Nobody is outside: what thin notifications stand for stays to be fetched.
  company.cloud.holdFunction(fetcher);
  marketing = await apiClient(company.cloud, 'marketing', 'login-marketing');
  forms = await Promise.all(senders.map(register));
});

afterAll(async () => {
  await company.end();
});

describe('every provider through the HTTP API of the local cloud', () => {
  it('refuses a delivery that was changed after signing or lacks its secret, and stores nothing of it', async () => {
    const provable = forms.filter(({ sender }) => sender.provider !== 'html-form');
    const answers = await Promise.all(
      provable.map(async (form) => [form.sender.title, (await post(form, bodyOf(form), { forged: true })).status]),
    );
    expect(answers).toEqual(provable.map(({ sender }) => [sender.title, 401]));
    const reconciliations = await Promise.all(provable.map(reconciliationOf));
    expect(reconciliations.map(({ received }) => received)).toEqual(provable.map(() => 0));
  });

  it('turns the documented example into a lead, and quarantines a form without an address', async () => {
    const whole = forms.filter((form) => !isThin(form));
    const nobody = { name: 'Nobody', message: 'Please send me your catalogue', reference: '9999' };
    const answers = await Promise.all(
      whole.flatMap((form) => [post(form, bodyOf(form)), post(form, bodyOf(form, nobody), { id: 'delivery-2' })]),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    await company.cloud.quiet();
    const leads = await everyPage(await apiClient(company.cloud, 'operations', 'login-operations'), leadView, '/leads');
    const told = ({ person: { email, name, phone } }: Pick<LeadView, 'person'> | Form) => ({ email, name, phone });
    const leadOf = (form: Form) => leads.filter(({ sourceId }) => sourceId === form.sourceId).map(told);
    expect(whole.map((form) => [form.sender.title, leadOf(form)])).toEqual(whole.map((form) => [form.sender.title, [told(form)]]));
    for (const reconciliation of await Promise.all(whole.map(reconciliationOf)))
      expect(reconciliation).toMatchObject({ received: 2, created: 1, quarantined: 1, balanced: true });
  }, 60_000);

  it('stores the reference of a thin notification, and fetches the submission', async () => {
    const thin = forms.filter(isThin);
    const answers = await Promise.all(thin.map((form) => post(form, bodyOf(form))));
    expect(answers.map(({ status }) => status)).toEqual(thin.map(() => 202));
    await vi.waitFor(() => expect(company.cloud.queues.depth(fetcher)).toBe(thin.length), { timeout: 30_000 });
    const asked = z.array(z.object({ detail: z.object({ data: z.object({ sourceId: z.string(), provider: z.string() }) }) }));
    const told = asked.parse(company.cloud.queues.peek(fetcher).map(({ body }) => JSON.parse(body))).map(({ detail }) => detail.data);
    const expected = thin.map(({ sourceId, sender }) => ({ sourceId, provider: sender.provider }));
    expect(told.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1))).toMatchObject(
      expected.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1)),
    );
    for (const reconciliation of await Promise.all(thin.map(reconciliationOf)))
      expect(reconciliation).toMatchObject({ received: 1, waiting: 1, balanced: true });
  }, 60_000);

  it('answers the handshakes of Meta and LinkedIn', async () => {
    const ask = async (
      provider: string,
      query: (form: Form) => Record<string, string>,
    ): Promise<{ readonly text: string; readonly secret: string }> => {
      const form = forms.find(({ sender }) => sender.provider === provider);
      if (form === undefined) throw new Error(`${provider}: was not registered`);
      const answer = await fetch(`${company.cloud.apiUrl}/webhooks/${form.sourceId}?${new URLSearchParams(query(form)).toString()}`);
      return { text: await answer.text(), secret: form.secret };
    };
    const challengeCode = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
    const meta = await ask('meta', ({ verifyToken }) => ({
      'hub.mode': 'subscribe',
      'hub.challenge': '77',
      'hub.verify_token': verifyToken ?? '',
    }));
    const linkedin = await ask('linkedin', () => ({ challengeCode }));
    expect(meta.text).toBe('77');
    expect(JSON.parse(linkedin.text)).toEqual({ challengeCode, challengeResponse: opensslHmac(linkedin.secret, challengeCode) });
  });
});
