import { toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ada, contentTypeOf, encode, type Fields, type Sender } from '../../testing/senders/sender.ts';
import { senders } from '../../testing/senders/senders.ts';
import type { Reading } from './provider.ts';
import { providers } from './providers.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const none = { signature: null, redirects: [] };
const secret = 'a-secret-of-the-sender';

const senderOf = (title: string): Sender => {
  const found = senders.find((sender) => sender.title === title);
  if (found === undefined) throw new Error(`${title}: is no sender`);
  return found;
};
const read = (title: string, more: Fields = {}): Promise<Reading> => {
  const sender = senderOf(title);
  return providers[sender.provider].read({
    bytes: encode(sender.encoding, sender.contentOf(ada, secret, more)),
    contentType: contentTypeOf(sender.encoding),
  });
};
const idOf = async (title: string, more: Fields = {}): Promise<string | undefined> => {
  const sender = senderOf(title);
  const bytes = encode(sender.encoding, sender.contentOf(ada, secret, more));
  const delivery = { method: 'POST', url: '', query: {}, headers: { 'content-type': contentTypeOf(sender.encoding) }, bytes };
  return (await providers[sender.provider].parts(delivery, none, now))[0]?.id;
};

describe('the names of answers', () => {
  it('from Typeform are the ref, id and title of the question, with labels of choices and hidden fields', async () => {
    const answers = {
      'full-name': 'Ada Byron',
      f1: 'Ada Byron',
      Name: 'Ada Byron',
      'call-me': ada.phone,
      size: '51-200',
      interests: ['Pumps', 'Valves', 'Seals'],
    };
    expect(await read('Typeform')).toMatchObject({
      answers: { ...answers, email: ada.email, phone: ada.phone, hidden: { utm_source: 'newsletter' } },
    });
  });

  it('from Tally are the label and key of the question, with texts of options and hidden fields', async () => {
    const answers = { Name: 'Ada Byron', question_name: 'Ada Byron', Employees: ['51-200'], utm_source: 'newsletter' };
    expect(await read('Tally')).toMatchObject({ answers: { ...answers, email: ada.email, phone: ada.phone } });
  });

  it('from Webflow are the labels of the fields', async () => {
    expect(await read('Webflow')).toMatchObject({ answers: { 'Full Name': 'Ada Byron', Email: ada.email, formName: 'Contact form' } });
  });

  it('from Calendly are the questions, with the event itself under `payload`', async () => {
    const payload = { tracking: { utm_source: 'newsletter' } };
    expect(await read('Calendly')).toMatchObject({
      answers: { name: 'Ada Byron', email: ada.email, phone: ada.phone, Message: ada.message, payload },
    });
  });

  it('from Jotform come with and without the leading number, with the parts of a name joined', async () => {
    const answers = {
      q3_name: 'Ada Byron',
      'q3_name.first': 'Ada',
      name: 'Ada Byron',
      q4_email: ada.email,
      email: ada.email,
      phoneNumber: ada.phone,
    };
    expect(await read('Jotform')).toMatchObject({ answers });
  });

  it('from Google Ads are the id and title of the column, with the ids of the campaign', async () => {
    const answers = { FULL_NAME: 'Ada Byron', 'User Email': ada.email, Message: ada.message, campaign_id: 123456789 };
    expect(await read('Google Ads')).toMatchObject({ answers });
  });

  it('from Formstack are the labels, with the parts of a name joined', async () => {
    const answers = { Name: 'Ada Byron', 'Name.first': 'Ada', 'Name.last': 'Byron', Email: ada.email, Message: ada.message };
    expect(await read('Formstack')).toMatchObject({ answers });
    const bytes = encode('json', {
      Name: { first: 'Ada', last: 'Byron', field_type: 'name' },
      Email: { value: ada.email, field_type: 'email' },
    });
    const typed = await providers.formstack.read({ bytes, contentType: 'application/json' });
    expect(typed).toMatchObject({ answers: { Name: 'Ada Byron', Email: ada.email } });
  });
});

describe('a delivery that is not a lead', () => {
  it.each([
    ['Typeform', { event_type: 'form_closed' }, 'event-not-a-lead'],
    ['Tally', { eventType: 'FORM_CREATED' }, 'event-not-a-lead'],
    ['Webflow', { triggerType: 'site_publish' }, 'event-not-a-lead'],
    ['Calendly', { event: 'invitee.canceled' }, 'event-not-a-lead'],
    ['Google Ads', { is_test: true }, 'test-lead'],
    ['LinkedIn lead sync', { leadAction: 'UPDATED' }, 'event-not-a-lead'],
    ['HubSpot, signed by v3', { subscriptionType: 'contact.deletion' }, 'event-not-a-lead'],
    ['Meta lead ads', { entry: [{ changes: [{ field: 'feed' }] }] }, 'event-not-a-lead'],
  ])('from %s with %o is rejected with a reason', async (title, more, reject) => {
    expect(await read(title, more)).toEqual({ reject });
  });

  it('does not include a routing form of Calendly or a partial response of Typeform', async () => {
    expect(await read('Calendly', { event: 'routing_form_submission.created' })).toHaveProperty('answers');
    expect(await read('Typeform', { event_type: 'form_response_partial' })).toHaveProperty('answers');
  });
});

describe('the id of a submission', () => {
  it.each([
    ['Typeform', '01HQ8ZT6MRXEXAMPLE4711'],
    ['Tally', 'a4cb511e-d513-4fa5-baee-b815d7184711'],
    ['Webflow', '6321ca84df3949bfc6754711'],
    ['Calendly', 'invitee.created https://api.calendly.com/scheduled_events/BBBB/invitees/4711'],
    ['Jotform', '6123456789012344711'],
    ['Google Ads', 'TeSter_lead_4711'],
    ['Meta lead ads', '4711'],
    ['LinkedIn lead sync', 'urn:li:leadGenFormResponse:4711 CREATED 1772441940000'],
    ['Formstack', '23534 12344711'],
  ])('from %s is the id that the sender gave it', async (title, id) => {
    expect(await idOf(title)).toBe(id);
  });

  it('from HubSpot is the same for each attempt, and differs between contacts', async () => {
    const first = await idOf('HubSpot, signed by v3');
    expect(await idOf('HubSpot, signed by v3', { attemptNumber: 3 })).toBe(first);
    expect(await idOf('HubSpot, signed by v3', { objectId: 12 })).not.toBe(first);
  });

  it.each([
    ['HubSpot, signed by v3', { eventId: undefined }],
    ['LinkedIn lead sync', { leadGenFormResponse: undefined }],
    ['Typeform', { event_id: undefined }],
  ])('from %s without an id is a digest of the content, so that two broken deliveries stay two', async (title, broken) => {
    expect(await idOf(title, { ...broken, extra: 1 })).not.toBe(await idOf(title, { ...broken, extra: 2 }));
  });

  it.each(['Gravity Forms', 'WPForms', 'Contact Form 7'])(
    'from %s depends on the content, so that a form field named like an id loses no lead',
    async (title) => {
      expect(await idOf(title)).toBe(await idOf(title));
      expect(await idOf(title, { message: 'another one' })).not.toBe(await idOf(title));
    },
  );
});

describe('every provider', () => {
  const everyOne = fc.constantFrom(...senders);
  const contentTypes = ['', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
  const kindsOfReading = async (sender: Sender, bytes: Uint8Array, contentType: string): Promise<number> => {
    const provider = providers[sender.provider];
    const delivery = { method: 'POST', url: '', query: {}, headers: { 'content-type': contentType }, bytes };
    expect((await provider.parts(delivery, none, now)).length).toBeGreaterThan(0);
    provider.isGenuine(delivery, [secret], none, now);
    await provider.redirectOf?.(delivery, none);
    return Object.keys(await provider.read({ bytes, contentType })).length;
  };

  it('reads any bytes without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), everyOne, fc.constantFrom(...contentTypes), async (bytes, sender, type) => {
        expect(await kindsOfReading(sender, bytes, type)).toBe(1);
      }),
    );
  });

  it('reads any JSON without throwing, as a delivery and as a fetched document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), everyOne, async (json, sender) => {
        expect(await kindsOfReading(sender, Buffer.from(json), 'application/json')).toBe(1);
        expect(Object.keys(providers[sender.provider].readFetched?.(JSON.parse(json)) ?? { none: true })).toHaveLength(1);
      }),
    );
  });

  it('reads its own documents without throwing, whatever value replaces one part of them', async () => {
    await fc.assert(
      fc.asyncProperty(everyOne, fc.jsonValue(), fc.nat(60), async (sender, value, place) => {
        const content = sender.contentOf(ada, secret);
        let at = -1;
        const spoiled = JSON.stringify(content, (_, old: unknown) => ((at += 1) === place ? value : old));
        expect(await kindsOfReading(sender, encode(sender.encoding, JSON.parse(spoiled)), contentTypeOf(sender.encoding))).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
