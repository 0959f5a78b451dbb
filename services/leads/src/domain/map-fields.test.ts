import { describe, expect, it } from 'vitest';
import { mapFields } from './map-fields.ts';
import { companyNameOf, countryOf, normalisedCompany, personIdentity } from './person.ts';

describe('field mapping', () => {
  it('steps into objects and lists by dots', () => {
    const payload = { answers: [{ text: 'ada@b.example' }], who: { first: 'Ada', last: 'Byron' } };
    expect(mapFields(payload, { 'answers.0.text': 'email', 'who.first': 'name', 'who.last': 'name' })).toEqual({
      fields: { email: 'ada@b.example', name: 'Ada Byron' },
    });
  });

  it('never steps into a prototype', () => {
    const payload: unknown = JSON.parse('{"__proto__": {"mail": "ada@b.example"}}');
    const missing = { quarantine: 'email-and-phone-are-missing' };
    expect(mapFields(payload, { '__proto__.mail': 'email' })).toEqual(missing);
    expect(mapFields({ email: 'ada@b.example' }, { 'constructor.name': 'email', 'toString.name': 'phone' })).toEqual(missing);
  });

  it('finds the usual names at the top and in `data`', () => {
    expect(mapFields({ type: 'form.submitted', data: { 'E-Mail-Adresse': 'ada@b.example', employees: 12 } }, {})).toEqual({
      fields: { email: 'ada@b.example', employees: '12' },
    });
  });

  it('keeps somebody who can be called when the e-mail is none', () => {
    expect(mapFields({ email: 'none', phone: '+49 30 1234567' }, {})).toEqual({ fields: { phone: '+49 30 1234567' } });
  });

  it('cuts a long message, and never an e-mail, which would be another one', () => {
    expect(mapFields({ email: 'a@b.example', message: 'x'.repeat(9000) }, {})).toMatchObject({ fields: { message: 'x'.repeat(5000) } });
    expect(mapFields({ email: `a@${'b'.repeat(320)}.example` }, {})).toEqual({ quarantine: 'email-and-phone-are-missing' });
  });
});

describe('a person', () => {
  it('is the e-mail without case and spaces, else the digits of the phone number', () => {
    expect(personIdentity({ email: ' Ada@B.example ', phone: '1234567' })).toBe('email:ada@b.example');
    expect(personIdentity({ phone: '+49 (30) 123-456' })).toBe(personIdentity({ phone: '0049 30 123456' }));
    expect(personIdentity({ email: 'ada', phone: '123' })).toBeUndefined();
  });

  it('is not published as company or country', () => {
    for (const company of ['ada byron', 'ada@b.example', '+49 30 1234567', ' '])
      expect(companyNameOf({ name: 'Ada Byron', company })).toBeUndefined();
    expect(countryOf({ country: 'ada@b.example' })).toBeNull();
    expect(countryOf({ country: 'Österreich' })).toBe('Österreich');
  });

  it('works for the same company in any spelling', () => {
    expect(normalisedCompany('Byron-Mills  GmbH')).toBe(normalisedCompany('byron mills gmbh.'));
  });
});
