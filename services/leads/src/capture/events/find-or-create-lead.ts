import { leadId, type Claim, type LeadId, type SubmissionId } from '@meilenstein/kernel';
import { count, deriveId } from '@meilenstein/runtime';
import {
  amendLead,
  amendAbsorbed,
  captureLead,
  newLeadRoutingFacts,
  type CaptureLead,
  type SubmittedPerson,
} from '../domain/capture-lead.ts';
import { identify, type Identity, type Keys } from '../../identity/domain/identify.ts';
import { orderForMerge, becomeAbsorbed, absorbLead } from '../../identity/domain/merge-leads.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import type { RegisteredSource } from '../domain/source.ts';
import { companyAccount } from '../../identity/http/lead-account.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadRouter } from '../../assignment/http/lead-router.ts';

/** The person in a submission, with its source and the reference by which the sender knows the person. */
export type PersonSubmission = Omit<SubmittedPerson, 'claims'> & {
  readonly source: RegisteredSource;
  readonly reference: Claim | undefined;
};

export type FoundOrCreatedLead = { readonly leadId: LeadId; readonly created: boolean };

const maxTries = 12;

/** The id of the lead that a submission creates if its person is new: the same in every try. */
const ownLead = (submissionId: SubmissionId): LeadId => leadId.parse(deriveId('lead', submissionId));

/** Merges two leads in one transaction. If another process merged them meanwhile, the next look-up of the keys shows it. */
const mergeBoth = async ({ stores }: LeadsDeps, pair: readonly [CapturedLead, CapturedLead]): Promise<void> => {
  const { stays, goes } = orderForMerge(...pair);
  const [fresh, other] = await Promise.all([stores.leads.find(stays.leadId), stores.leads.find(goes.leadId)]);
  if (fresh === undefined || other === undefined) return;
  await stores.leads.changeTogether([
    { id: stays.leadId, expectedVersion: fresh.version, decide: (state) => absorbLead(state, other.lead, 'same-person-proven') },
    { id: goes.leadId, expectedVersion: other.version, decide: (state) => becomeAbsorbed(state, fresh.lead) },
  ]);
};

const capture = async (deps: LeadsDeps, submitted: PersonSubmission, claims: readonly Claim[]): Promise<FoundOrCreatedLead | undefined> => {
  const { submissionId, source, fields } = submitted;
  const router = leadRouter(deps);
  const [rulesInForce, setup] = await Promise.all([deps.stores.rulesInForce(), router.loadSetup()]);
  const id = ownLead(submissionId);
  const account = companyAccount(fields);
  const command: CaptureLead = { ...submitted, claims, leadId: id, sourceId: source.sourceId, account, rulesInForce };
  const lead = { leadId: id, facts: newLeadRoutingFacts(command), accountOwner: await router.accountOwnerOf(account) };
  const result = await deps.stores.leads.changeByPlan<never>(id, async (state) => {
    if (state.status !== 'none') return { decision: { events: [] }, alongside: [] };
    const placed = await router.route(setup, lead);
    return { decision: captureLead(state, command, placed.facts), alongside: placed.alongside };
  });
  if (!('changed' in result)) return undefined;
  if (result.changed.events.some((event) => event.name === 'LeadQueued')) count('LeadQueued');
  return { leadId: id, created: true };
};

/** Passes a submission on to every lead into which the record was merged. Repeating it changes nothing. */
const passOn = async (deps: LeadsDeps, submitted: SubmittedPerson, record: Lead): Promise<void> => {
  if (record.status === 'none' || record.mergedInto === null) return;
  const result = await deps.stores.leads.change<never>(record.mergedInto, (state) => amendAbsorbed(state, record, submitted));
  if ('changed' in result) await passOn(deps, submitted, result.changed.state);
};

/**
 * The record whose keys were named stores what was submitted, and the lead that it is part of stores it under that record. So it stays
 * with the right person when the merge is undone.
 */
const attach = async (
  deps: LeadsDeps,
  submitted: PersonSubmission,
  record: CapturedLead,
  claims: readonly Claim[],
): Promise<FoundOrCreatedLead | undefined> => {
  const withClaims = { ...submitted, claims };
  const result = await deps.stores.leads.change(record.leadId, (state) => amendLead(state, withClaims));
  if (!('changed' in result)) return undefined;
  const { state } = result.changed;
  // It was erased between the look-up and the change: look it up again.
  if (state.status === 'none' || state.status === 'erased') return undefined;
  await passOn(deps, withClaims, state);
  return { leadId: record.leadId, created: record.submissionId === submitted.submissionId };
};

const identityOf = async ({ stores }: LeadsDeps, submitted: PersonSubmission, reference: Claim | undefined): Promise<Identity> => {
  const { leads, persons } = stores;
  const claims = (await persons()).person(submitted.fields, submitted.source.settings.country);
  const keyOf = async (claim: Claim | undefined) => (claim === undefined ? undefined : { claim, match: await leads.findByKey(claim) });
  const [email, phone, named] = await Promise.all([keyOf(claims.email), keyOf(claims.phone), keyOf(reference)]);
  if (email === undefined && phone === undefined)
    throw new Error(`submission ${submitted.submissionId}: was read without e-mail and phone`);
  const keys: Keys = { email, phone };
  const identity = identify(keys);
  return identity.kind === 'same-person' || named === undefined || named.match !== undefined
    ? identity
    : { ...identity, claims: [...identity.claims, named.claim] };
};

/**
 * Whether an earlier try created a lead for this submission that another lead absorbed before the submission was processed. Only a lead
 * that absorbed others can hide it.
 */
const wasCreatedBefore = async ({ stores }: LeadsDeps, { submissionId }: PersonSubmission, { leadId: holder, absorbed }: CapturedLead) => {
  const own = ownLead(submissionId);
  return holder !== own && Object.keys(absorbed).length > 0 && (await stores.leads.find(own)) !== undefined;
};

/** Finds the lead of the person, or creates one. Under any race one person has one lead. */
export const findOrCreateLead = async (deps: LeadsDeps, submitted: PersonSubmission): Promise<FoundOrCreatedLead> => {
  for (let tries = 0; tries < maxTries; tries += 1) {
    if (tries > 0) await deps.delay(deps.random() * 25 * 2 ** tries);
    const identity = await identityOf(deps, submitted, submitted.reference);
    if (identity.kind === 'same-person') {
      await mergeBoth(deps, identity.leads);
      continue;
    }
    if (identity.kind === 'existing' && (await wasCreatedBefore(deps, submitted, identity.lead)))
      return { leadId: ownLead(submitted.submissionId), created: true };
    const result =
      identity.kind === 'new'
        ? await capture(deps, submitted, identity.claims)
        : await attach(deps, submitted, identity.record, identity.claims);
    if (result !== undefined) return result;
  }
  throw new Error(`submission ${submitted.submissionId}: ${maxTries} tries to find its person conflicted with other changes`);
};
