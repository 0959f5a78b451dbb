import { leadDetail } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { document, isIn, routedCompany, rule } from '../../testing/routed-company.ts';

const ann = { role: 'rep', subject: 'login-ann' } as const;
const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '17:00' }));
const level = {
  id: 'week',
  name: 'Within three days',
  when: { field: 'email', test: 'present' },
  minutes: 1440,
  hours: { zone: 'Europe/Berlin', windows },
};
const criteria = {
  mql: isIn('DE'),
  sql: {
    intent: {
      any: [
        { field: 'bant.need', test: 'present' },
        { field: 'touches', test: 'at-least', value: 2 },
      ],
    },
    fit: isIn('DE'),
  },
};
const forms = { id: 'forms', when: { field: 'kind', test: 'equals', value: 'form' }, points: 20, halfLifeDays: 1, atMost: 40 };
const step = { id: 'call', afterMinutes: 24 * 60, act: 'task', title: 'Call' };

/** ann, and a company in which every word about a lead has something to say. */
const company = async (points = 90) => {
  const made = await routedCompany(['ann']);
  const once = (route: string, body: unknown) => made.put(route, body, '0');
  await once('/points', { fit: [{ id: 'german', when: isIn('DE'), points }], engagement: [forms] });
  await once('/qualification', criteria);
  await once('/service-levels', { levels: [level] });
  await once('/follow-up-sequences', {
    sequences: [{ sequenceId: 'welcome', name: 'Welcome', category: null, purpose: null, steps: [step] }],
  });
  await once('/routing', document(rule('large', { field: 'employees', test: 'at-least', value: 500 }), rule('german', isIn('DE'))));
  const { leadId } = await made.write({ country: 'DE', employees: '12', company: 'Byron Mills' });
  const path = { leadId };
  const read = async (headers: Record<string, string> = {}) =>
    leadDetail.parse((await made.call('GET /leads/{leadId}', { ...ann, path, headers })).json);
  const post = async (verb: string, body: object = {}) => {
    expect((await made.call(`POST /leads/{leadId}/${verb}`, { ...ann, path, body, headers: { 'if-match': '*' } })).status).toBe(200);
    await made.settle();
  };
  const textsOf = async (language = 'en') => {
    const { scoring, qualification, serviceLevel, followUp, routing, learned } = await read({ 'accept-language': language });
    return {
      score: scoring?.summary,
      stages: qualification?.summary,
      deadline: serviceLevel?.summary,
      sequence: followUp?.summary,
      owner: routing.sentences,
      learned: learned.summary,
    };
  };
  return { ...made, leadId, read, post, textsOf };
};

describe('a rep who reads a lead', () => {
  it('reads score, stage, deadline, sequence and owner in sentences', async () => {
    const { textsOf } = await company();
    expect(await textsOf()).toEqual({
      score:
        '100 of 100 points, grade A: 90 for who the person is and 20 for what the person did; together 110, of which at most 100 count',
      stages: [
        'Qualified by marketing (MQL) since 2 March 2026, by version 1 of the criteria',
        'Not yet qualified by sales (SQL). Still missing for intent: need is known (not known so far), or number of contacts is at least 2 (here: 1)',
      ],
      deadline: 'Within three days: answer by 5 March 2026, 10:00 (Europe/Berlin), 24 working hours left.',
      sequence: 'Sequence welcome is running: 0 of 1 steps done, the next on 3 March 2026, 09:00 (UTC).',
      owner: [
        'You were the only eligible rep.',
        'It was routed by the rule “Leads german” (version 1 of the rules): country is “DE” (here: DE).',
        'Before it, “Leads large” did not match: number of employees is at least 500 (here: 12).',
      ],
      learned: 'There is no probability yet: it takes 40 won and 40 lost leads, and so far there are 0 and 0',
    });
  });

  it('reads the same sentences in German when the browser asks for German', async () => {
    const { textsOf } = await company();
    expect(await textsOf('de-AT,de;q=0.9,en;q=0.8')).toEqual({
      score: '100 von 100 Punkten, Klasse A: 90 für die Passung und 20 für das Verhalten; zusammen 110, davon zählen höchstens 100',
      stages: [
        'Vom Marketing (MQL) qualifiziert seit 2. März 2026, nach Version 1 der Kriterien',
        'Noch nicht vom Vertrieb (SQL) qualifiziert. Es fehlt noch für die Kaufabsicht: Bedarf ist bekannt (bisher nicht bekannt) oder Zahl der Kontaktpunkte ist mindestens 2 (hier: 1)',
      ],
      deadline: 'Within three days: zu beantworten bis 5. März 2026, 10:00 Uhr (Europe/Berlin), noch 24 Arbeitsstunden.',
      sequence: 'Die Nachfass-Abfolge welcome läuft: 0 von 1 Schritten erledigt, der nächste am 3. März 2026, 09:00 Uhr (UTC).',
      owner: [
        'Nur Sie kamen infrage.',
        'Der Lead wurde nach der Regel „Leads german“ zugewiesen (Version 1 der Regeln): Land ist „DE“ (hier: DE).',
        'Davor: „Leads large“ traf nicht zu: Mitarbeiterzahl ist mindestens 500 (hier: 12).',
      ],
      learned: 'Es gibt noch keine Wahrscheinlichkeit: Nötig sind 40 gewonnene und 40 verlorene Leads, bisher sind es 0 und 0',
    });
  });

  it('reads that points below zero do not count', async () => {
    const { textsOf } = await company(-50);
    expect((await textsOf()).score).toContain(
      '-50 for who the person is and 20 for what the person did; together -30, but a score is never below 0',
    );
  });

  it('reads that it became an opportunity, and not that it was lost or must still be qualified', async () => {
    const { post, textsOf } = await company();
    await post('convert');
    expect(await textsOf()).toMatchObject({
      stages: [expect.stringContaining('Qualified by marketing'), 'Became an opportunity without being qualified by sales (SQL)'],
      deadline:
        'Within three days: it became an opportunity on 2 March 2026, 10:00 (Europe/Berlin), and no answer had been recorded by then.',
      sequence: 'Sequence welcome stopped on 2 March 2026, because it became an opportunity: 0 of 1 steps done.',
    });
  });

  it('reads why a lead was disqualified, in words and not in codes', async () => {
    const { post, textsOf } = await company();
    await post('disqualify', { reason: 'no-authority' });
    expect(await textsOf()).toMatchObject({
      stages: ['Disqualified on 2 March 2026: the person does not decide', expect.any(String), 'Was not qualified by sales (SQL)'],
      deadline: expect.stringContaining('it was disqualified on'),
      sequence: expect.stringContaining('because it was disqualified'),
    });
  });

  it('reads that the account is theirs, and not that a rule decided', async () => {
    const made = await company();
    await made.post('convert');
    const again = await made.write({ country: 'DE', company: 'byron mills' });
    const { routing } = leadDetail.parse((await made.call('GET /leads/{leadId}', { ...ann, path: { leadId: again.leadId } })).json);
    expect(routing.sentences.slice(0, 2)).toEqual([
      'You own the account and keep it.',
      'It counts as a lead of the rule “Leads german” (version 1 of the rules): country is “DE” (here: DE).',
    ]);
  });

  it('reads that the lead was assigned by hand, and not whose turn it was before', async () => {
    const made = await company();
    const give = { path: { leadId: made.leadId }, headers: { 'if-match': '*' } };
    await made.hire('ann', 'bob');
    for (const repId of ['bob', 'ann']) await made.call('POST /leads/{leadId}/assign', { ...give, body: { repId } });
    expect((await made.textsOf()).owner).toEqual(['It was assigned to you by hand.']);
    expect((await made.read()).routing.decision).toBeNull();
  });

  it('finds no raw timestamp, field key or code in any sentence', async () => {
    const made = await company();
    const texts = async () => JSON.stringify(await made.textsOf());
    const seen = [await texts()];
    await made.post('wait');
    seen.push(await texts());
    await made.post('resume');
    made.move(7 * 86_400_000);
    await made.sweep();
    seen.push(await texts());
    await made.post('answer', { channel: 'call' });
    seen.push(await texts());
    expect(
      seen.filter((text) => /\d\dT\d\d:|\.\d{3}Z|bant\.|email\.business|touches\b|lead-has|no-rule-is|null|undefined|NaN/.test(text)),
    ).toEqual([]);
    expect(new Set(seen).size).toBe(4);
  });
});
