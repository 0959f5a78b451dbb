import type { SurvivorshipRules } from '@meilenstein/contracts';
import type { Facts, Instant } from '@meilenstein/kernel';
import { allConsents } from '../../consent/domain/consent-record.ts';
import { fullProfile, type CapturedLead } from './lead.ts';
import { allBant } from './lead-stage.ts';
import { leadFacts, type Touch } from '../../scoring/domain/lead-facts.ts';
import type { KeptSubmission } from '../../capture/domain/submission.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';

export const touchOf = ({ sourceId, storedAt }: Pick<KeptSubmission, 'sourceId' | 'storedAt'>): Touch => ({
  kind: 'form',
  sourceId,
  at: storedAt,
});

/** The touchpoints of a lead: its submissions, and for an imported lead the import itself. */
export const touchesOf = (lead: CapturedLead, submissions: readonly KeptSubmission[]): readonly Touch[] => [
  ...(lead.submissionId === null ? [{ kind: 'import', sourceId: lead.sourceId, at: lead.capturedAt }] : []),
  ...submissions.map(touchOf),
];

/**
 * When the last thing happened that rules may ask about. Decisions are made as of this moment and not of the time at which a machine
 * got round to it, so that deciding again decides the same.
 */
export const latestInstant = (lead: CapturedLead, touches: readonly Touch[]): Instant => {
  const times = [
    ...touches.map((touch) => touch.at),
    ...fullProfile(lead).touches.map((touch) => touch.at),
    ...Object.values(allConsents(lead)).map((consent) => consent.at),
    ...Object.values(allBant(lead)).flatMap((answer) => (answer === undefined ? [] : [answer.recordedAt])),
  ];
  return times.reduce((latest, at) => (at > latest ? at : latest), lead.capturedAt);
};

/** A lead as facts for predicates. */
export const factsOf = (lead: CapturedLead, touches: readonly Touch[], survivorship: SurvivorshipRules): Facts => {
  const { leadId, sourceId, capturedAt } = lead;
  const { fields } = resolveProfile(fullProfile(lead), survivorship);
  const given = Object.entries(allConsents(lead)).filter(([, consent]) => consent.status === 'given');
  return leadFacts({ leadId, fields, sourceId, capturedAt, touches, bant: allBant(lead), consents: given.map(([purpose]) => purpose) });
};
