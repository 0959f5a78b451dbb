import { personFields, stampFact } from '@meilenstein/contracts';
import { leadId, repId, sourceId, submissionId, type RepId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { noRoutingState, type RoutingState } from '../../assignment/domain/route-lead.ts';
import { defaultSurvivorship } from '../../identity/domain/survivorship.ts';
import { evolveLead, noLead } from '../../lead/domain/lead.ts';
import { noCriteria } from '../../qualification/domain/criteria-versions.ts';
import { noSegments } from '../../qualification/domain/segment-versions.ts';
import { exampleSetup, monday } from '../../testing/routing-example.ts';
import { captureLead, type CaptureContext, type CaptureLead } from './capture-lead.ts';

const command = (country: string): CaptureLead => ({
  leadId: leadId.parse('lead-1'),
  submissionId: submissionId.parse('submission-1'),
  sourceId: sourceId.parse('form'),
  at: monday,
  fields: personFields.parse({ email: 'ada@mills.example', country }),
  consents: [],
  claims: [{ kind: 'person', value: 'ada' }],
  account: null,
});
const context = (state: RoutingState = noRoutingState, accountOwner: RepId | null = null): CaptureContext => ({
  routing: { setup: exampleSetup, state, now: monday },
  rulesInForce: { scoring: null, qualification: noCriteria, segments: noSegments, survivorship: defaultSurvivorship.rules },
  accountOwner,
});
const eventsOf = ({ decision }: ReturnType<typeof captureLead>) => ('events' in decision ? decision.events : []);

describe('captureLead', () => {
  it('captures a new person, assigns a rep and counts the lead in the rotation, all in one decision', () => {
    const captured = captureLead(noLead, command('DE'), context());
    expect(eventsOf(captured).map((event) => event.name)).toEqual(['LeadCaptured', 'LeadRouted', 'LeadAssigned']);
    expect(captured.decision).toMatchObject({ claims: [{ kind: 'person', value: 'ada' }] });
    const owner = eventsOf(captured).find((event) => event.name === 'LeadAssigned')?.data.repId;
    expect(captured.rotation?.id).toBe('north');
    const counts = captured.rotation?.state.entries.filter((one) => one.isPresent).map((one) => [one.repId, one.count]);
    expect(counts).toEqual(['ann', 'bob', 'cem', 'dee'].map((id) => [id, id === owner ? 1 : 0]));
  });

  it('sends a person for whom no rule matches to the queue and counts the lead in no rotation', () => {
    const captured = captureLead(noLead, command('FR'), context());
    expect(eventsOf(captured).map((event) => event.name)).toEqual(['LeadCaptured', 'LeadRouted', 'LeadQueued']);
    expect(captured.rotation).toBeNull();
  });

  it('counts a lead of the account owner in the rotation of the rule, which the owner and the other eligible reps enter', () => {
    const captured = captureLead(noLead, command('DE'), context(noRoutingState, repId.parse('ann')));
    expect(eventsOf(captured).at(-1)).toMatchObject({ name: 'LeadAssigned', data: { repId: 'ann', reason: 'account-owner' } });
    expect(captured.rotation?.state.entries.map((one) => [one.repId, one.count, one.isPresent])).toEqual([
      ['ann', 1, true],
      ['bob', 0, true],
      ['cem', 0, true],
      ['dee', 0, true],
    ]);
  });

  it('decides nothing about a lead that exists already', () => {
    const [first] = eventsOf(captureLead(noLead, command('DE'), context()));
    if (first === undefined) throw new Error('a new person was not captured');
    const existing = evolveLead(noLead, stampFact(first, monday));
    expect(captureLead(existing, command('DE'), context())).toEqual({ decision: { events: [] }, rotation: null });
  });
});
