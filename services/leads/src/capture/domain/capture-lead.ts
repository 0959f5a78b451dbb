import {
  consentGiven,
  consentRequested,
  leadAmended,
  leadCaptured,
  stampFact,
  type Account,
  type LeadFact,
  type PersonFields,
  type SurvivorshipRules,
} from '@meilenstein/contracts';
import type { Claim, Decision, Facts, Instant, LeadId, SourceId, SubmissionId } from '@meilenstein/kernel';
import { assignByRules, type AssignmentContext, type AssignmentDecision } from '../../assignment/domain/assign-by-rules.ts';
import { scoreAndQualify } from '../../qualification/domain/assess-lead.ts';
import { allConsents, mayAskAgain, sameConsents, type Consents } from '../../consent/domain/consent-record.ts';
import { evolveLead, noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import { countryOf } from '../../identity/domain/country.ts';
import { factsOf, latestInstant, touchOf } from '../../lead/domain/lead-situation.ts';
import { formerNamesAfter, namesOf } from '../../identity/domain/names-of-person.ts';
import { updateProfile, isSameProfile, textsOf, type PersonProfile } from '../../identity/domain/survivorship.ts';
import type { GivenConsent } from './parse-submission.ts';

/** The person data and consents of one submission, and when they were submitted. */
export type SubmittedPerson = {
  readonly submissionId: SubmissionId;
  readonly at: Instant;
  readonly fields: PersonFields;
  readonly consents: readonly GivenConsent[];
  /** a sender who signs delivered it; absent: anybody may have posted it */
  readonly isProven?: boolean;
  /** keys of the person that nobody holds yet */
  readonly claims: readonly Claim[];
};

export type CaptureLead = SubmittedPerson & {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  /** null where no company was named */
  readonly account: Account | null;
};

/** What a new lead depends on beside its submission, as it was read. */
export type CaptureContext = Pick<AssignmentContext, 'routing' | 'rulesInForce' | 'accountOwner'>;

const consentsOf = (leadId: LeadId, { submissionId, at, consents }: SubmittedPerson): readonly LeadFact[] =>
  consents.map(({ purpose, textVersion, doubleOptIn }) =>
    (doubleOptIn ? consentRequested : consentGiven).of({ leadId, purpose, textVersion, submissionId }, { occurredAt: at }),
  );

const capturedFacts = (command: CaptureLead): readonly LeadFact[] => {
  const { leadId, sourceId, submissionId, at, fields, account, claims } = command;
  const captured = leadCaptured.of(
    { leadId, sourceId, submissionId, account, country: countryOf(fields) },
    { occurredAt: at, confidential: { fields, keys: [...claims] } },
  );
  return [captured, ...consentsOf(leadId, command)];
};

const leadAfter = (before: Lead, facts: readonly LeadFact[], at: Instant): Lead =>
  facts.map((fact) => stampFact(fact, at)).reduce<Lead>(evolveLead, before);

/** The facts that routing rules may test when a lead is captured: everything its first submission contained. */
export const factsAtCapture = (facts: readonly LeadFact[], at: Instant, survivorship: SurvivorshipRules): Facts => {
  const lead = leadAfter(noLead, facts, at);
  if (lead.status === 'none') return {};
  const { sourceId, capturedAt } = lead;
  const touch = lead.submissionId === null ? { kind: 'import', sourceId, at: capturedAt } : touchOf({ sourceId, storedAt: capturedAt });
  return factsOf(lead, [touch], survivorship);
};

/** A new person becomes a lead with its owner or queue, scored and qualified in the same commit. */
export const captureLead = (before: Lead, command: CaptureLead, context: CaptureContext): AssignmentDecision<never> => {
  if (before.status !== 'none') return { decision: { events: [] }, rotation: null };
  const { leadId, sourceId, at, claims } = command;
  const { rulesInForce, routing, accountOwner } = context;
  const captured = capturedFacts(command);
  const lead = leadAfter(before, captured, at);
  if (lead.status === 'none') return { decision: { events: [] }, rotation: null };
  const touches = [touchOf({ sourceId, storedAt: at })];
  const facts = factsOf(lead, touches, rulesInForce.survivorship);
  const { facts: assignment, rotation } = assignByRules(routing, { leadId, facts, accountOwner });
  const assigned = leadAfter(lead, assignment, at);
  const input = { facts, touches, at: latestInstant(lead, touches) };
  const assessment = assigned.status === 'none' ? [] : scoreAndQualify(assigned, input, rulesInForce);
  return { decision: { events: [...captured, ...assignment, ...assessment], claims }, rotation };
};

const newConsents = (before: CapturedLead, submitted: SubmittedPerson, ofPerson: readonly Consents[]): readonly LeadFact[] =>
  consentsOf(before.leadId, submitted).filter((fact) => {
    if (fact.name !== 'ConsentGiven' && fact.name !== 'ConsentRequested') return false;
    const { purpose } = fact.data;
    const current = before.consents[purpose];
    if (current !== undefined && current.at >= submitted.at) return false;
    return (
      fact.name === 'ConsentGiven' ||
      ofPerson.every((known) => mayAskAgain(known[purpose], { at: submitted.at, isProven: submitted.isProven === true }))
    );
  });

const filledFields = (before: PersonProfile, after: PersonProfile): string[] => {
  const texts = (profile: PersonProfile, field: string): string => JSON.stringify(textsOf(profile, field));
  return Object.keys(after.values).filter((field) => texts(after, field) !== texts(before, field));
};

/**
 * A further submission of the same person adds its values. Survivorship chooses among them when the lead is read. `ofPerson` are the
 * consents of the lead into which this one was merged, which may have been asked for already.
 */
export const amendLead = (before: Lead, submitted: SubmittedPerson, ofPerson: Consents = {}): Decision<LeadFact, never> => {
  if (before.status === 'none' || before.status === 'erased') return { events: [] };
  const { submissionId, at, fields, claims } = submitted;
  const after = updateProfile(before.profile, { from: submissionId, at, fields });
  const confidential = { fields, keys: [...claims] };
  const filled = filledFields(before.profile, after);
  const amended = leadAmended.of({ leadId: before.leadId, submissionId, filled }, { occurredAt: at, confidential });
  // A name that no rule of survivorship would show is still one of those by which the person is known.
  const isNewName = namesOf({ formerNames: formerNamesAfter(before, after, fields.name), profile: after }).length > namesOf(before).length;
  const isNew = claims.length > 0 || isNewName || !isSameProfile(before.profile, after);
  return { events: [...(isNew ? [amended] : []), ...newConsents(before, submitted, [allConsents(before), ofPerson])], claims };
};

/** A submission that names the keys of an absorbed record is stored with that record, together with its current consents. */
export const amendAbsorbed = (
  before: Lead,
  part: CapturedLead,
  { submissionId, at, fields }: SubmittedPerson,
): Decision<LeadFact, never> => {
  const current = before.status === 'none' || before.status === 'erased' ? undefined : before.absorbed[part.leadId];
  if (before.status === 'none' || current === undefined) return { events: [] };
  const after = updateProfile(current, { from: submissionId, at, fields });
  const consents = allConsents(part);
  const isSame = isSameProfile(current, after) && sameConsents(before.absorbedConsents[part.leadId] ?? {}, consents);
  if (isSame) return { events: [] };
  const data = { leadId: before.leadId, submissionId, filled: filledFields(current, after), part: part.leadId };
  return { events: [leadAmended.of(data, { occurredAt: at, confidential: { fields, consents } })] };
};
