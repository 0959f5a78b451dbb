import { describe, expect, it } from 'vitest';
import { mapFields as mapAndExplain, type FieldMapping } from './map-fields.ts';
import { countryOf } from '../../identity/domain/country.ts';
import { normalisedCompany } from '@meilenstein/kernel';
import { companyNameOf } from '../../identity/domain/person.ts';
import { personKeys } from '../../identity/domain/person-keys.ts';

const mapFields = (payload: unknown, mapping: FieldMapping) => {
  const { explanation: _explanation, ...mapped } = mapAndExplain(payload, mapping);
  return mapped;
};

describe('mapFields', () => {
  it('follows dotted paths into objects and lists', () => {
    const payload = { answers: [{ text: 'ada@b.example' }], who: { first: 'Ada', last: 'Byron' } };
    expect(mapFields(payload, { 'answers.0.text': 'email', 'who.first': 'name', 'who.last': 'name' })).toEqual({
      fields: { email: 'ada@b.example', name: 'Ada Byron' },
    });
  });

  it('joins the parts of a name in the order of the form, whatever the order of the mapping', () => {
    const mapping: FieldMapping = { 'last-name': 'name', 'first-name': 'name', 'who.b': 'name', 'who.a': 'name', mail: 'email' };
    const payload = { 'first-name': 'Ada', 'last-name': 'Byron', who: { a: 'King', b: 'Lovelace' }, mail: 'ada@b.example' };
    expect(mapFields(payload, mapping)).toEqual({ fields: { email: 'ada@b.example', name: 'Ada Byron King Lovelace' } });
  });

  it('never follows a path into a prototype', () => {
    const payload: unknown = JSON.parse('{"__proto__": {"mail": "ada@b.example"}}');
    const missing = { quarantine: 'email-and-phone-missing' };
    expect(mapFields(payload, { '__proto__.mail': 'email' })).toEqual(missing);
    expect(mapFields({ email: 'ada@b.example' }, { 'constructor.name': 'email', 'toString.name': 'phone' })).toEqual(missing);
  });

  it('finds fields with common names at the top level and in `data`', () => {
    expect(mapFields({ type: 'form.submitted', data: { 'E-Mail-Adresse': 'ada@b.example', employees: 12 } }, {})).toEqual({
      fields: { email: 'ada@b.example', employees: '12' },
    });
  });

  it('recognises the field names of Contact Form 7 and similar forms', () => {
    const payload = {
      'your-name': 'Ada',
      'your-email': 'ada@b.example',
      'your-subject': 'Hello',
      'your-message': 'Call me',
      your_tel: '030 1',
    };
    expect(mapFields(payload, {})).toEqual({ fields: { name: 'Ada', email: 'ada@b.example', message: 'Call me' } });
    expect(mapFields({ yourPhone: '+49 30 901820', your: 'x' }, {})).toEqual({ fields: { phone: '+49 30 901820' } });
  });

  it('keeps a person with a phone number when the e-mail address is invalid', () => {
    expect(mapFields({ email: 'none', phone: '+49 30 1234567' }, {})).toEqual({ fields: { phone: '+49 30 1234567' } });
  });

  it('truncates a long message, but never an e-mail address', () => {
    expect(mapFields({ email: 'a@b.example', message: 'x'.repeat(9000) }, {})).toMatchObject({ fields: { message: 'x'.repeat(5000) } });
    expect(mapFields({ email: `a@${'b'.repeat(320)}.example` }, {})).toEqual({ quarantine: 'email-and-phone-unusable' });
  });
});

describe('the person of a submission', () => {
  it('is identified by the e-mail address in lower case without spaces and by the international phone number', () => {
    expect(personKeys({ email: ' Ada@B.example ', phone: '030 123456' }, 'DE')).toEqual({
      email: 'email:ada@b.example',
      phone: 'phone:+4930123456',
    });
    for (const phone of ['+49 (30) 123-456', '0049 30 123456', '030/123456'])
      expect(personKeys({ phone }, 'DE').phone).toBe('phone:+4930123456');
    expect(personKeys({ email: 'ada', phone: '123' }, 'DE')).toEqual({ email: undefined, phone: undefined });
  });

  it('K4: loses the trunk prefix of the country that the form or the person names; without a country the number is no key', () => {
    expect(personKeys({ phone: '01 4000 12345', country: 'Österreich' }, null).phone).toBe('phone:+431400012345');
    expect(personKeys({ phone: '030 123456' }, null).phone).toBeUndefined();
  });

  it('never appears in the published company or country', () => {
    for (const company of ['ada byron', 'ada@b.example', '+49 30 1234567', ' '])
      expect(companyNameOf({ name: 'Ada Byron', company })).toBeUndefined();
    expect(countryOf({ country: 'ada@b.example' })).toBeNull();
    expect(countryOf({ country: 'Ada Byron' })).toBeNull();
    for (const country of ['Österreich', 'austria', 'AT', 'at ']) expect(countryOf({ country })).toBe('AT');
  });

  it.each([
    'Dr. Zora Muster',
    'Muster, Zora',
    'Zora Muster Design',
    'Privat: Zora Muster, Tel. 0170 1234567',
    'Musters Backstube',
    'Muster-Design',
    'MUSTER',
    'Inh. Z. Muster',
    'Muster e.K.',
    'Praxis Dr. Muster',
    'erreichbar 0170 1234567',
    'Design Zora',
  ])('A8: is not published in the company %j of a sole trader', (company) => {
    expect(companyNameOf({ name: 'Dr. Zora Muster', company })).toBeUndefined();
    expect(companyNameOf({ name: 'Muster Zora', company: company.toUpperCase() })).toBeUndefined();
  });

  it.each(['Muster GmbH', 'Zora Muster GmbH & Co. KG', 'Muster & Söhne AG', 'Muster sp. z o.o.', 'Lovelace Mills', 'Hamburg 21 Design'])(
    'A8: may stand in the name of %j, which is a company of its own in law or another one',
    (company) => {
      expect(companyNameOf({ name: 'Dr. Zora Muster', company })).toBe(company);
    },
  );

  it('K10a: belongs to the same account in capitals', () => {
    expect(normalisedCompany('Weiß X GmbH')).toBe(normalisedCompany('WEISS X GMBH'));
  });

  it('belongs to the same account however the company is spelled', () => {
    expect(normalisedCompany('Byron-Mills  GmbH')).toBe(normalisedCompany('byron mills gmbh.'));
  });
});
