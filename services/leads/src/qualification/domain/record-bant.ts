import { leadBantRecorded, leadRequalified, type BantSlot, type LeadFact } from '@meilenstein/contracts';
import { refused, type Day, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import { withAssessment } from './assess-lead.ts';
import { openLead, type ClosedRefusal } from '../../lead/domain/disqualify-lead.ts';
import type { Lead } from '../../lead/domain/lead.ts';
import { allBant } from '../../lead/domain/lead-stage.ts';
import type { RulesInForce } from './rules-in-force.ts';
import { bantSlots, fillSlot, type BantRefusal, type FillSlot } from './bant.ts';
import type { Touch } from '../../scoring/domain/lead-facts.ts';

export type RecordBant = {
  readonly slots: Partial<Readonly<Record<BantSlot, Omit<FillSlot, 'slot'> | undefined>>>;
  readonly today: Day;
  readonly now: Instant;
  readonly touches: readonly Touch[];
  readonly rulesInForce: RulesInForce;
};

export type RecordBantRefusal = ClosedRefusal | BantRefusal | Refusal<'bant-missing'>;

/**
 * Records what the customer said, with evidence, and assesses the lead. Either all slots are recorded or none. A disqualified lead is
 * requalified, because the customer is in contact again.
 */
export const recordBant = (
  before: Lead,
  { slots, today, now, touches, rulesInForce }: RecordBant,
): Decision<LeadFact, RecordBantRefusal> => {
  const open = openLead(before);
  if ('refused' in open) return open;
  const { leadId, disqualified } = open.lead;
  const bant = allBant(open.lead);
  const said = bantSlots.flatMap((slot) => {
    const about = slots[slot];
    return about === undefined ? [] : [{ slot, ...about }];
  });
  if (said.length === 0)
    return refused('bant-missing', `body: fill at least one of ${bantSlots.join(', ')}, each with value, evidence and on`);
  const facts: LeadFact[] = [];
  for (const one of said) {
    const { slot } = one;
    const filled = fillSlot(bant, one, today);
    if ('refused' in filled) return filled;
    if (filled.answer === null) continue;
    const { on, value, evidence } = filled.answer;
    facts.push(leadBantRecorded.of({ leadId, slot, on }, { confidential: { value, evidence } }));
  }
  if (facts.length === 0) return { events: [] };
  const reopened = disqualified === null ? [] : [leadRequalified.of({ leadId, reason: 'bant-recorded' })];
  return { events: withAssessment(before, [...reopened, ...facts], { touches, rulesInForce, at: now }) };
};
