import {
  consentGiven,
  consentRequested,
  consentWithdrawn,
  followUpStarted,
  leadCaptured,
  stampFact,
  type LeadFact,
} from '@meilenstein/contracts';
import { addMillis, isRefused, leadId, sourceId, toInstant, type Decision } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allConsents, type Consent } from '../../consent/domain/consent-record.ts';
import { confirmConsent, withdrawConsent } from '../../consent/domain/consent.ts';
import { evolveLead, noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { restoreLead, becomeAbsorbed, undoMerge, absorbLead } from './merge-leads.ts';

const at = (minute: number) => addMillis(toInstant('2026-03-02T09:00:00Z'), minute * 60_000);
const purposes = ['newsletter', 'calls'] as const;
type Word = {
  readonly status: Consent['status'];
  readonly purpose: (typeof purposes)[number];
  readonly minute: number;
  readonly text: string;
};

const factOf = (id: string, { status, purpose, text }: Word): LeadFact => {
  const about = { leadId: leadId.parse(id), purpose, textVersion: text, submissionId: null };
  if (status === 'given') return consentGiven.of(about);
  return status === 'requested' ? consentRequested.of(about) : consentWithdrawn.of({ leadId: about.leadId, purpose, by: 'person' });
};

const standing = (lead: Lead): CapturedLead => {
  if (lead.status === 'none') throw new Error('was captured');
  return lead;
};
const after = (before: Lead, fact: LeadFact, minute: number): CapturedLead => standing(evolveLead(before, stampFact(fact, at(minute))));
const decide = <R>(before: CapturedLead, decision: Decision<LeadFact, R>, minute = 100): CapturedLead => {
  if (isRefused(decision)) throw new Error(JSON.stringify(decision));
  return decision.events.reduce((state, fact) => after(state, fact, minute), before);
};

/** A lead whose person said this, in this order. */
const told = (id: string, ...words: readonly Word[]): CapturedLead => {
  const data = { leadId: leadId.parse(id), sourceId: sourceId.parse('s'), submissionId: null, account: null, country: null };
  const captured = after(noLead, leadCaptured.of(data, { confidential: { fields: {}, keys: [] } }), 0);
  return words.reduce((state, word) => after(state, factOf(id, word), word.minute), captured);
};
const merged = (stays: CapturedLead, goes: CapturedLead): CapturedLead => decide(stays, absorbLead(stays, goes, 'by-hand'));
const statusOf = (lead: CapturedLead, purpose: string) => allConsents(lead)[purpose]?.status;
const says = (status: Consent['status'], minute: number, text = 'v1'): Word => ({ status, purpose: 'newsletter', minute, text });

const word = fc.record<Word>({
  status: fc.constantFrom('given', 'requested', 'withdrawn'),
  purpose: fc.constantFrom(...purposes),
  minute: fc.integer({ min: 1, max: 9 }),
  text: fc.constantFrom('v1', 'v2'),
});
const persons = fc.array(fc.array(word, { maxLength: 4 }), { minLength: 2, maxLength: 5 });
const byRow = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });

/** Merges leads two by two, whichever comes, until one is left. */
const mergeAll = (leads: readonly CapturedLead[], choices: readonly number[]): CapturedLead => {
  let left = [...leads];
  for (let round = 0; left.length > 1; round += 1) {
    const [stays, ...others] = left.toSpliced(0, 0, ...left.splice((choices[round] ?? 0) % left.length, 1));
    const goes = others[(choices[round + 4] ?? 0) % others.length];
    if (stays === undefined || goes === undefined) throw new Error('two are left');
    left = [...others.filter((one) => one !== goes), merged(stays, goes)];
  }
  return standing(left[0] ?? noLead);
};

describe('the consents of merged leads', () => {
  it('keep a withdrawal by either lead, whichever lead survives', () => {
    const [agreed, gone] = [told('a', says('given', 1)), told('b', says('given', 2), says('withdrawn', 3))];
    expect([statusOf(merged(agreed, gone), 'newsletter'), statusOf(merged(gone, agreed), 'newsletter')]).toEqual([
      'withdrawn',
      'withdrawn',
    ]);
  });

  it('follow the latest decision: given if consent is given after a withdrawal, requested if it is only requested again', () => {
    const gone = told('a', says('given', 1), says('withdrawn', 3));
    expect(statusOf(merged(gone, told('b', says('given', 4))), 'newsletter')).toBe('given');
    expect(statusOf(merged(gone, told('b', says('requested', 4))), 'newsletter')).toBe('requested');
    expect(statusOf(merged(told('c', says('given', 1)), told('b', says('requested', 4))), 'newsletter')).toBe('requested');
  });

  it('can be given again after the merge, by a form and the link that it sends', () => {
    const one = merged(told('a', says('given', 1)), told('b', says('withdrawn', 3)));
    const asked = after(one, factOf('a', says('requested', 200)), 200);
    expect(statusOf(asked, 'newsletter')).toBe('requested');
    expect(statusOf(decide(asked, confirmConsent(asked, 'newsletter', 'v1'), 201), 'newsletter')).toBe('given');
  });

  it('keep a withdrawal that is repeated after the merge on both leads when the merge is undone', () => {
    const one = merged(told('a', says('given', 1)), told('b', says('withdrawn', 3)));
    const again = decide(one, withdrawConsent(one, 'newsletter', 'employee'), 200);
    expect(statusOf(decide(again, undoMerge(again, leadId.parse('b')), 300), 'newsletter')).toBe('withdrawn');
    expect(withdrawConsent(again, 'newsletter', 'employee')).toEqual({ events: [] });
  });

  it('never allow an e-mail that the latest record forbade, in whatever order the leads are merged', () => {
    fc.assert(
      fc.property(persons, byRow, byRow, (said, one, other) => {
        const leads = said.map((words, index) => told(`lead-${index}`, ...words));
        const [result, another] = [mergeAll(leads, one), mergeAll(leads, other)];
        for (const purpose of purposes) {
          const words = leads.flatMap((lead) => lead.consents[purpose] ?? []);
          const latest = words
            .map((each) => each.at)
            .toSorted()
            .at(-1);
          const forbids = words.some((each) => each.at === latest && each.status !== 'given');
          expect(statusOf(result, purpose) === 'given').toBe(words.length > 0 && !forbids);
        }
        expect(allConsents(result)).toEqual(allConsents(another));
      }),
    );
  });

  it('are each lead’s own again after the merge is undone', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), fc.array(word, { maxLength: 5 }), (some, others) => {
        const [a, b] = [told('a', ...some), told('b', ...others)];
        const [kept, gone] = [merged(a, b), decide(b, becomeAbsorbed(b, a))];
        expect(allConsents(decide(kept, undoMerge(kept, leadId.parse('b'))))).toEqual(allConsents(a));
        expect(allConsents(decide(gone, restoreLead(gone, leadId.parse('a'))))).toEqual(allConsents(b));
      }),
    );
  });

  it('stop the follow-up of the surviving lead only if the other lead withdrew the consent that it needs', () => {
    const steps = [{ id: 'offer', afterMinutes: 600, act: 'mail' as const, compared: false }];
    const course = {
      sequenceId: 'welcome',
      sequencesVersion: 1,
      purpose: 'newsletter',
      horizonDays: 14,
      variant: 'a' as const,
      experiment: null,
      steps,
    };
    const begun = (lead: CapturedLead) => after(lead, followUpStarted.of({ leadId: lead.leadId, category: null, ...course }), 10);
    const agreed = begun(told('a', says('given', 1)));
    const stopped = merged(agreed, told('b', says('withdrawn', 3)));
    expect([stopped.followUp?.stopped?.reason, stopped.timers['follow-up']]).toEqual(['consent-withdrawn', undefined]);
    expect(merged(agreed, told('b', says('withdrawn', 0))).followUp?.stopped).toBeNull();
    expect(merged(agreed, told('b', { ...says('withdrawn', 3), purpose: 'calls' })).followUp?.stopped).toBeNull();
  });
});
