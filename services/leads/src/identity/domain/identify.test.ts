import { leadCaptured, stampFact, type PersonFields } from '@meilenstein/contracts';
import { leadId, sourceId, submissionId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { identify, type Key } from './identify.ts';
import { evolveLead, noLead, type CapturedLead } from '../../lead/domain/lead.ts';

const at = toInstant('2026-03-02T09:00:00Z');

const lead = (id: string, fields: PersonFields): CapturedLead => {
  const data = {
    leadId: leadId.parse(id),
    sourceId: sourceId.parse('s'),
    submissionId: submissionId.parse(id),
    account: null,
    country: null,
  };
  const state = evolveLead(noLead, stampFact(leadCaptured.of(data, { confidential: { fields } }), at));
  if (state.status === 'none') throw new Error('was captured');
  return state;
};
const key = (value: string, holder?: CapturedLead): Key => ({
  claim: { kind: 'person', value },
  match: holder && { record: holder, holder },
});
const claim = (value: string) => ({ kind: 'person', value });

const mailed = lead('mailed', { email: 'ada@b.example' });
const called = lead('called', { phone: '+49301' });
const both = lead('both', { email: 'bob@b.example', phone: '+49301' });

const signed = { isProven: true };

describe('identify', () => {
  it('A19: merges nobody by what nobody signed: the e-mail address decides', () => {
    const keys = { email: key('e', mailed), phone: key('p', called) };
    expect(identify(keys, { isProven: false })).toEqual({ kind: 'existing', lead: mailed, record: mailed, claims: [] });
  });

  it('finds a new person if no key is known', () => {
    expect(identify({ email: key('e'), phone: key('p') }, signed)).toEqual({ kind: 'new', claims: [claim('e'), claim('p')] });
  });

  it('finds the person by the e-mail address and learns the phone number', () => {
    expect(identify({ email: key('e', mailed), phone: key('p') }, signed)).toEqual({
      kind: 'existing',
      lead: mailed,
      record: mailed,
      claims: [claim('p')],
    });
  });

  it('finds the person by the phone number if one side has no e-mail address', () => {
    expect(identify({ email: undefined, phone: key('p', both) }, signed)).toEqual({
      kind: 'existing',
      lead: both,
      record: both,
      claims: [],
    });
    expect(identify({ email: key('e'), phone: key('p', called) }, signed)).toEqual({
      kind: 'existing',
      lead: called,
      record: called,
      claims: [claim('e')],
    });
  });

  it('separates two e-mail addresses that share a phone number', () => {
    expect(identify({ email: key('e'), phone: key('p', both) }, signed)).toEqual({ kind: 'new', claims: [claim('e')] });
    expect(identify({ email: key('e', mailed), phone: key('p', both) }, signed)).toEqual({
      kind: 'existing',
      lead: mailed,
      record: mailed,
      claims: [],
    });
  });

  it('merges two leads that are one person, unless both have become opportunities', () => {
    expect(identify({ email: key('e', mailed), phone: key('p', called) }, signed)).toEqual({
      kind: 'same-person',
      leads: [mailed, called],
    });
    const opportunityId = 'o' as const;
    const converted = (one: CapturedLead) => ({ ...one, opportunityId: JSON.parse(JSON.stringify(opportunityId)) });
    expect(identify({ email: key('e', converted(mailed)), phone: key('p', converted(called)) }, signed)).toMatchObject({
      kind: 'existing',
    });
  });
});
