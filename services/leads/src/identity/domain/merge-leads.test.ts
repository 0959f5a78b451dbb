import { leadAmended, leadAssigned, leadCaptured, leadConverted, stampFact, type LeadFact } from '@meilenstein/contracts';
import {
  addMillis,
  isRefused,
  leadId,
  opportunityId,
  repId,
  sourceId,
  submissionId,
  teamId,
  toInstant,
  type Decision,
} from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullProfile, evolveLead, noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { restoreLead, orderForMerge, becomeAbsorbed, undoMerge, mergePair, absorbLead } from './merge-leads.ts';
import { resolveProfile, defaultSurvivorship } from './survivorship.ts';

const at = (minute: number) => addMillis(toInstant('2026-03-02T09:00:00Z'), minute * 60_000);
const ids = (id: string) => ({ leadId: leadId.parse(id), sourceId: sourceId.parse('s') });
const after = (before: Lead, fact: LeadFact, minute = 0): Lead => evolveLead(before, stampFact(fact, at(minute)));

const captured = (id: string, name: string, minute = 0): CapturedLead => {
  const data = { ...ids(id), submissionId: submissionId.parse(id), account: null, country: null };
  const state = after(noLead, leadCaptured.of(data, { confidential: { fields: { name }, keys: [{ kind: 'person', value: id }] } }), minute);
  if (state.status === 'none') throw new Error('was captured');
  return state;
};
const owned = (lead: Lead, by: string): Lead =>
  after(
    lead,
    leadAssigned.of({ leadId: leadId.parse('x'), repId: repId.parse(by), teamId: teamId.parse('t'), reason: 'manual', candidates: 1 }),
  );
const lead = (one: CapturedLead): Lead => one;
const converted = (lead: Lead): Lead =>
  after(
    lead,
    leadConverted.of({
      ...ids('x'),
      opportunityId: opportunityId.parse('o'),
      processId: null,
      account: { id: JSON.parse('"a"'), name: null },
      repId: repId.parse('r'),
      teamId: teamId.parse('t'),
      capturedAt: at(0),
    }),
  );

const decide = <R>(before: Lead, decision: Decision<LeadFact, R>): Lead => {
  if (isRefused(decision)) throw new Error(JSON.stringify(decision));
  return decision.events.reduce((state, fact) => after(state, fact), before);
};
const merge = (stays: Lead, goes: Lead): readonly [Lead, Lead] => [
  decide(stays, absorbLead(stays, goes, 'by-hand')),
  decide(goes, becomeAbsorbed(goes, stays)),
];

describe('two leads that are one person', () => {
  it('become the older one, which has the fields of both and takes over the owner', () => {
    const [old, young] = [captured('old', 'Ada', 0), owned(captured('young', 'Ada Byron', 1), 'rep')];
    const [stays, goes] = merge(old, young);
    expect(stays).toMatchObject({ status: 'new', owner: { repId: 'rep', reason: 'merge' } });
    expect(stays.status === 'none' ? {} : resolveProfile(fullProfile(stays), defaultSurvivorship.rules).fields).toEqual({
      name: 'Ada Byron',
    });
    expect(goes).toMatchObject({ status: 'merged', mergedInto: 'old' });
  });

  it('become the one that is already an opportunity, however young it is', () => {
    const [old, young] = [captured('old', 'Ada', 0), converted(captured('young', 'Ada', 1))];
    if (young.status === 'none') throw new Error('was captured');
    expect(orderForMerge(old, young).stays.leadId).toBe('young');
    expect(orderForMerge(young, old).stays.leadId).toBe('young');
  });

  it.each([
    ['same-lead', captured('a', 'A'), captured('a', 'A')],
    ['both-converted', converted(captured('a', 'A')), converted(captured('b', 'B'))],
    ['lead-merged', captured('a', 'A'), merge(captured('c', 'C'), captured('b', 'B'))[1]],
    ['lead-not-found', captured('a', 'A'), noLead],
  ])('are not merged with the refusal %s', (code, stays, goes) => {
    expect(mergePair(stays, goes)).toMatchObject({ refused: { code } });
  });

  it('are as they were before when the merge is undone', () => {
    const text = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, text, fc.boolean(), fc.array(text, { maxLength: 3 }), (first, second, isOwned, amended) => {
        const grown = amended.reduce(
          (state, message, index) =>
            after(
              state,
              leadAmended.of(
                { leadId: leadId.parse('b'), submissionId: submissionId.parse(`m${index}`), filled: [] },
                { confidential: { fields: { message } } },
              ),
              index,
            ),
          lead(captured('b', second, 1)),
        );
        const [stays, goes] = [owned(captured('a', first), 'rep'), isOwned ? owned(grown, 'other') : grown];
        const [kept, gone] = merge(stays, goes);
        expect(decide(kept, undoMerge(kept, leadId.parse('b')))).toEqual(stays);
        expect(decide(gone, restoreLead(gone, leadId.parse('a')))).toEqual(goes);
      }),
    );
  });

  it('can be separated only in the lead that absorbed the other', () => {
    expect(undoMerge(captured('a', 'A'), leadId.parse('b'))).toMatchObject({ refused: { code: 'lead-not-merged', value: 'b' } });
    expect(restoreLead(captured('b', 'B'), leadId.parse('a'))).toMatchObject({ refused: { code: 'lead-not-merged' } });
  });
});
