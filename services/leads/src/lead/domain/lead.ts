import { account, leadStatus, stage, type Happened, type LeadFact } from '@meilenstein/contracts';
import { instant, leadId, sourceId, submissionId } from '@meilenstein/kernel';
import * as z from 'zod';
import { allConsents, consentRecord, consents, noConsents, withConsent } from '../../consent/domain/consent-record.ts';
import { concernsFollowUp, evolveFollowUp, leadFollowUp, noFollowUp } from '../../follow-up/domain/lead-follow-up.ts';
import { evolveRow, importedRow, noRow } from '../../imports/domain/imported-row.ts';
import { timers, withTimer } from './timers.ts';
import { bant } from '../../qualification/domain/bant.ts';
import { noStageState, stageState, withoutSharedStages, withStatus } from './lead-stage.ts';
import {
  concernsServiceLevel,
  evolveServiceLevel,
  leadServiceLevel,
  noServiceLevel,
  withFormerOwner,
} from '../../service-levels/domain/lead-service-level.ts';
import { evolveAssignment, noAssignment, assignmentState } from './lead-assignment.ts';
import { formerNamesAfter, namesState, noNames } from '../../identity/domain/names-of-person.ts';
import {
  updateProfile,
  personProfile,
  emptyProfile,
  mergeProfiles,
  type ProfileUpdate,
  type PersonProfile,
} from '../../identity/domain/survivorship.ts';

/** One person's interest. Personal fields live only in `known` and `absorbed`, and are gone after erasure. */
export const lead = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: leadStatus,
    leadId,
    sourceId,
    submissionId: submissionId.nullable(),
    capturedAt: instant,
    profile: personProfile,
    /** what was known of absorbed leads */
    absorbed: z.record(z.string(), personProfile),
    /** the unique keys of this lead; released on erasure */
    keys: z.array(z.object({ kind: z.string(), value: z.string() })),
    mergedInto: leadId.nullable(),
    account: account.nullable(),
    score: z.object({ score: z.int(), rules: z.array(z.string()), pointsVersion: z.int().positive() }).nullable(),
    ...assignmentState.shape,
    ...stageState.shape,
    ...leadServiceLevel.shape,
    ...leadFollowUp.shape,
    ...consentRecord.shape,
    ...importedRow.shape,
    ...namesState.shape,
    /** when the next due check of each kind runs; the earliest is in the due-index */
    timers: timers.default({}),
  }),
]);
export type Lead = z.infer<typeof lead>;
export type CapturedLead = Exclude<Lead, { status: 'none' }>;

export const noLead: Lead = { status: 'none' };

const blank = { ...noAssignment, ...noStageState, ...noServiceLevel, ...noFollowUp, ...noConsents, ...noRow, ...noNames, timers: {} };
/** Fields for which the schema has no default. */
const alwaysTold: readonly string[] = ['owner', 'opportunityId', 'consents'];
const blankTexts = new Map(
  Object.entries(blank).flatMap(([name, value]) => (alwaysTold.includes(name) ? [] : [[name, JSON.stringify(value)] as const])),
);

/** A lead without the values that reading fills in by default: most leads are new, and every write of a full kilobyte costs more. */
export const withoutBlanks = (state: Lead): object =>
  Object.fromEntries(Object.entries(state).filter(([name, value]) => blankTexts.get(name) !== JSON.stringify(value)));

/** Whether the lead comes from another system and the person has not returned since: no service level applies to it. */
export const isHistory = ({ submissionId: from, requalifiedAt }: Pick<CapturedLead, 'submissionId' | 'requalifiedAt'>): boolean =>
  from === null && requalifiedAt === null;

/** Everything that is known of the person, from the lead and from those it absorbed. */
export const fullProfile = ({ profile, absorbed }: Pick<CapturedLead, 'profile' | 'absorbed'>): PersonProfile =>
  Object.values(absorbed).reduce(mergeProfiles, profile);

const applyCapture = (fact: Extract<Happened<LeadFact>, { name: 'LeadCaptured' | 'LeadCorrected' }>): CapturedLead => {
  const { leadId: id, sourceId: source, submissionId: from, account: company } = fact.data;
  const at = fact.occurredAt;
  return {
    status: 'new',
    leadId: id,
    sourceId: source,
    submissionId: from,
    capturedAt: at,
    profile: updateProfile(emptyProfile, { from, at, fields: fact.confidential?.fields ?? {} }),
    absorbed: {},
    keys: fact.confidential?.keys ?? [],
    mergedInto: null,
    account: company,
    score: null,
    ...noAssignment,
    ...noStageState,
    ...noServiceLevel,
    ...noFollowUp,
    ...noConsents,
    ...noRow,
    ...noNames,
    timers: {},
  };
};

/**
 * The corrected import row replaces what the row had said. An assignment by the rules stays until another owner is named, and the keys of
 * the lead stay valid.
 */
const applyCorrection = (before: CapturedLead, fact: Extract<Happened<LeadFact>, { name: 'LeadCorrected' }>): CapturedLead => {
  const { owner, routing, queue } = before;
  const after = applyCapture(fact);
  const assignment = owner?.reason === 'import' ? {} : { owner, routing, queue };
  return { ...after, ...assignment, keys: [...before.keys, ...after.keys] };
};

const without = <Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

const applyErasure = (before: CapturedLead): CapturedLead => ({
  ...before,
  status: 'erased',
  profile: emptyProfile,
  absorbed: {},
  keys: [],
  account: null,
  ...noConsents,
  ...noNames,
  timers: {},
  bant: {},
  absorbedBant: {},
  routing: null,
  queue: null,
  givenBack: null,
  disqualified: before.disqualified === null ? null : { ...before.disqualified, note: null },
});

type QualificationFact = Extract<
  Happened<LeadFact>,
  { name: 'LeadQualified' | 'LeadBantRecorded' | 'LeadDisqualified' | 'LeadRequalified' }
>;

const evolveQualification = (before: CapturedLead, fact: QualificationFact): CapturedLead => {
  const at = fact.occurredAt;
  switch (fact.name) {
    case 'LeadQualified':
      return { ...before, reached: { ...before.reached, [fact.data.stage]: { at, version: fact.data.criteriaVersion } } };
    case 'LeadBantRecorded': {
      // Erasure deletes the answer; the history still says that there was one.
      if (fact.confidential === undefined) return { ...before, worked: true };
      const answer = { ...fact.confidential, on: fact.data.on, recordedAt: at };
      return { ...before, worked: true, bant: { ...before.bant, [fact.data.slot]: answer } };
    }
    case 'LeadDisqualified':
      return { ...before, queue: null, disqualified: { reason: fact.data.reason, at, note: fact.confidential?.note ?? null } };
    case 'LeadRequalified': {
      const reachedBefore = stage.options.filter((one) => before.reached[one] !== undefined || before.reachedBefore.includes(one));
      return { ...before, disqualified: null, worked: false, reached: {}, reachedBefore };
    }
  }
};

type PartSaid = { readonly said: ProfileUpdate; readonly consents: unknown };

/** What a touchpoint brought for an absorbed lead is kept with that lead, so that undoing the merge takes it along. */
const partAmended = (before: CapturedLead, part: string, { said, consents: told }: PartSaid): CapturedLead => {
  const { [part]: there } = before.absorbed;
  if (there === undefined) return before;
  const consentsOfPart = consents.safeParse(told).data ?? before.absorbedConsents[part] ?? {};
  return {
    ...before,
    absorbed: { ...before.absorbed, [part]: updateProfile(there, said) },
    absorbedConsents: { ...before.absorbedConsents, [part]: consentsOfPart },
  };
};

const applyFact = (before: Lead, fact: Happened<LeadFact>): Lead => {
  if (fact.name === 'LeadCaptured') return applyCapture(fact);
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'LeadCorrected':
      return applyCorrection(before, fact);
    case 'LeadAmended': {
      const said = { from: fact.data.submissionId, at: fact.occurredAt, fields: fact.confidential?.fields ?? {} };
      if (fact.data.part !== undefined) return partAmended(before, fact.data.part, { said, consents: fact.confidential?.consents });
      const capturedAt = fact.occurredAt < before.capturedAt ? fact.occurredAt : before.capturedAt;
      const keys = [...before.keys, ...(fact.confidential?.keys ?? [])];
      const profile = updateProfile(before.profile, said);
      return { ...before, capturedAt, keys, profile, formerNames: formerNamesAfter(before, profile, said.fields.name) };
    }
    case 'LeadScored': {
      const { score, rules, pointsVersion } = fact.data;
      return { ...before, score: { score, rules, pointsVersion } };
    }
    case 'LeadAssigned': {
      const { repId: to, teamId: team, reason } = fact.data;
      const owner = { repId: to, teamId: team, assignedAt: fact.occurredAt, reason };
      // The owner in another system was not chosen by our rules.
      const routing = reason === 'import' ? null : before.routing;
      return { ...before, owner, routing, queue: null, turnReturned: false };
    }
    case 'LeadConverted':
      return withStatus({ ...before, opportunityId: fact.data.opportunityId });
    case 'LeadMerged': {
      const theirs = personProfile.safeParse(fact.confidential?.profile).data ?? emptyProfile;
      const recorded = bant.safeParse(fact.confidential?.bant).data ?? {};
      const said = consents.safeParse(fact.confidential?.consents).data ?? {};
      const absorbedBant = { ...before.absorbedBant, [fact.data.absorbed]: recorded };
      const absorbedConsents = { ...before.absorbedConsents, [fact.data.absorbed]: said };
      const reachedAtMerge = {
        ...before.reachedAtMerge,
        [fact.data.absorbed]: stage.options.filter((one) => before.reached[one] !== undefined),
      };
      return { ...before, absorbedBant, absorbedConsents, reachedAtMerge, absorbed: { ...before.absorbed, [fact.data.absorbed]: theirs } };
    }
    case 'LeadMergeUndone': {
      const { absorbed: gone } = fact.data;
      const after = {
        ...before,
        absorbed: without(before.absorbed, gone),
        absorbedBant: without(before.absorbedBant, gone),
        absorbedConsents: without(before.absorbedConsents, gone),
      };
      return withStatus(withoutSharedStages(after, gone));
    }
    case 'LeadAbsorbed':
      return { ...before, status: 'merged', mergedInto: fact.data.into, queue: null };
    case 'LeadRestored':
      return withStatus({ ...before, status: 'new', mergedInto: null });
    case 'LeadContactShared': {
      const { contactId, contact, names } = fact.data;
      const shared = { contact, key: fact.confidential?.key.value ?? '', names, at: fact.occurredAt, decision: null };
      return { ...before, sharedContacts: { ...before.sharedContacts, [contactId]: shared } };
    }
    case 'LeadContactDecided': {
      const { contactId, decision } = fact.data;
      const shared = before.sharedContacts[contactId];
      return shared === undefined
        ? before
        : { ...before, sharedContacts: { ...before.sharedContacts, [contactId]: { ...shared, decision } } };
    }
    case 'LeadErased':
      return applyErasure(before);
    case 'LeadQualified':
    case 'LeadBantRecorded':
    case 'LeadDisqualified':
    case 'LeadRequalified':
      return withStatus(evolveQualification(before, fact));
    case 'LeadAnswered':
      return withStatus({ ...before, worked: true });
    case 'LeadServiceLevelStarted':
    case 'LeadServiceLevelPaused':
    case 'LeadReplied':
    case 'LeadServiceLevelMissed':
    case 'LeadEscalated':
    case 'FollowUpStarted':
    case 'FollowUpStepTaken':
    case 'FollowUpStopped':
    case 'LeadTaskDone':
      return before;
    case 'LeadRouted':
    case 'LeadQueued':
    case 'LeadQueueOverdue':
    case 'LeadUnassigned':
    case 'LeadGivenBack':
    case 'RotationTurnReturned':
      return evolveAssignment(before, fact);
    case 'ConsentRequested':
    case 'ConsentGiven': {
      const { purpose, textVersion, submissionId: from } = fact.data;
      const status = fact.name === 'ConsentGiven' ? 'given' : 'requested';
      return withConsent(before, purpose, { status, textVersion, at: fact.occurredAt, submissionId: from });
    }
    case 'ConsentWithdrawn': {
      const { purpose } = fact.data;
      const textVersion = allConsents(before)[purpose]?.textVersion ?? '';
      return withConsent(before, purpose, { status: 'withdrawn', textVersion, at: fact.occurredAt, submissionId: null });
    }
  }
};

const withQueueTimer = (lead: CapturedLead): CapturedLead => {
  const at = lead.queue === null || lead.queue.isOverdue ? null : lead.queue.dueAt;
  return lead.timers['queue'] === (at ?? undefined) ? lead : { ...lead, timers: withTimer(lead.timers, 'queue', at) };
};

/**
 * A lead after an event: first the person and the stage, then the service level and the follow-up sequence. In a queue it gets a timer for the time by
 * which a rep should have picked it.
 */
export const evolveLead = (before: Lead, fact: Happened<LeadFact>): Lead => {
  const changed = applyFact(before, fact);
  if (changed.status === 'none') return changed;
  const moved = before.status === 'none' ? changed : withFormerOwner(changed, before.owner, fact.occurredAt);
  const after = evolveRow(moved, fact);
  const served = concernsServiceLevel(fact) ? evolveServiceLevel(after, fact) : after;
  return withQueueTimer(concernsFollowUp(fact) ? evolveFollowUp(served, fact) : served);
};
