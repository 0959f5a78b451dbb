import type { Account } from '@meilenstein/contracts';
import { leadId, type Claim, type LeadId, type SubmissionId } from '@meilenstein/kernel';
import { deriveId, type Loaded } from '@meilenstein/runtime';
import { countQueued } from '../../assignment/http/count-queued.ts';
import { loadForNewLead, type LoadedAssignment } from '../../assignment/store/assignment-context.ts';
import type { LoadedRotations } from '../../assignment/store/rotation-store.ts';
import { allConsents } from '../../consent/domain/consent-record.ts';
import { identify, type Identity, type Key } from '../../identity/domain/identify.ts';
import { absorbLead, becomeAbsorbed, orderForMerge } from '../../identity/domain/merge-leads.ts';
import { namesOf } from '../../identity/domain/names-of-person.ts';
import { nameKeyOf } from '../../identity/domain/person.ts';
import { defaultNamesPerContact, readContact, shareContact } from '../../identity/domain/share-contact.ts';
import { companyAccount } from '../../identity/http/lead-account.ts';
import { noLead, type CapturedLead, type Lead } from '../../lead/domain/lead.ts';
import type { DecidedLeads } from '../../lead/store/lead-store.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { amendAbsorbed, amendLead, captureLead, type SubmittedPerson } from '../domain/capture-lead.ts';
import type { RegisteredSource } from '../domain/source.ts';
import { providers } from '../providers/providers.ts';

/** The person in a submission, with its source and the reference by which the sender knows the person. */
export type PersonSubmission = Omit<SubmittedPerson, 'claims' | 'isProven'> & {
  readonly source: RegisteredSource;
  readonly reference: Claim | undefined;
};

export type FoundOrCreatedLead = { readonly leadId: LeadId; readonly created: boolean };

type Found = Loaded<Lead> | undefined;

/** A contact that would have more names than the company allows: it is shared first, and then the keys are looked up again. */
type SharedWithMany = {
  readonly kind: 'shared-with-many';
  readonly leadId: LeadId;
  readonly contact: 'email' | 'phone';
  readonly claim: Claim;
};

/** What was read about a person: whose keys these are, the leads concerned, and for a new person what the assignment depends on. */
type LoadedPerson = {
  readonly identity: Identity | SharedWithMany;
  /** the lead that an earlier try created for this submission */
  readonly own: Found;
  /** the record that has the keys, or the two leads that are one person */
  readonly records: readonly Found[];
  readonly assignment: LoadedAssignment | undefined;
  readonly rotations?: LoadedRotations;
};

/** The id of the lead that a submission creates if its person is new: the same in every try. */
const ownLead = (submissionId: SubmissionId): LeadId => leadId.parse(deriveId('lead', submissionId));

/** What a browser posts to a form, anybody may have written. */
const isProven = ({ source }: PersonSubmission): boolean => providers[source.provider].secret.use !== 'stamp';

const matchOf = async ({ stores }: LeadsDeps, claim: Claim | undefined): Promise<Key | undefined> =>
  claim === undefined ? undefined : { claim, match: await stores.leads.findByKey(claim) };

/** The key of a contact, or that it would have too many names now. A contact that many use names a person only together with the name. */
const contactKey = async (
  deps: LeadsDeps,
  { fields }: PersonSubmission,
  contact: 'email' | 'phone',
  claim: Claim | undefined,
): Promise<Key | SharedWithMany | undefined> => {
  const key = await matchOf(deps, claim);
  const name = nameKeyOf(fields.name ?? '');
  if (key?.match === undefined || name === '' || namesOf(key.match.record).includes(name)) return key;
  const { rules } = await deps.stores.survivorship.current();
  const { record } = key.match;
  const reading = readContact(record, key.claim, name, rules.namesPerContact ?? defaultNamesPerContact);
  if (reading === 'known') return key;
  if (reading === 'too-many') return { kind: 'shared-with-many', leadId: record.leadId, contact, claim: key.claim };
  return matchOf(deps, (await deps.stores.persons()).named(key.claim, name));
};

const identityOf = async (deps: LeadsDeps, submitted: PersonSubmission): Promise<Identity | SharedWithMany> => {
  const claims = (await deps.stores.persons()).person(submitted.fields, submitted.source.settings.country);
  const [email, phone, named] = await Promise.all([
    contactKey(deps, submitted, 'email', claims.email),
    contactKey(deps, submitted, 'phone', claims.phone),
    matchOf(deps, submitted.reference),
  ]);
  if (email !== undefined && 'kind' in email) return email;
  if (phone !== undefined && 'kind' in phone) return phone;
  const identity = identify({ email, phone }, { isProven: isProven(submitted) });
  return identity.kind === 'same-person' || named === undefined || named.match !== undefined
    ? identity
    : { ...identity, claims: [...identity.claims, named.claim] };
};

/**
 * Only a lead that absorbed others can hide the lead that an earlier try created for this submission. It is read as well, because
 * otherwise the submission would not count as the one that created a lead.
 */
const mayHide = ({ leadId: holder, absorbed }: CapturedLead, own: LeadId): boolean => holder !== own && Object.keys(absorbed).length > 0;

const loadPerson = async (deps: LeadsDeps, submitted: PersonSubmission, account: Account | null): Promise<LoadedPerson> => {
  const { leads } = deps.stores;
  const ownId = ownLead(submitted.submissionId);
  const identity = await identityOf(deps, submitted);
  if (identity.kind === 'shared-with-many')
    return { identity, own: undefined, records: [await leads.findLoaded(identity.leadId)], assignment: undefined };
  if (identity.kind === 'new') {
    const [own, assignment] = await Promise.all([leads.findLoaded(ownId), loadForNewLead(deps.stores, deps.clock, account)]);
    return { identity, own, records: [], assignment, rotations: assignment.rotations };
  }
  const ids =
    identity.kind === 'existing' ? [identity.record.leadId] : Object.values(orderForMerge(...identity.leads)).map((one) => one.leadId);
  const [own, ...records] = await Promise.all([
    identity.kind === 'existing' && mayHide(identity.lead, ownId) ? leads.findLoaded(ownId) : undefined,
    ...ids.map((id) => leads.findLoaded(id)),
  ]);
  return { identity, own, records, assignment: undefined };
};

/** Somebody changed what was read before the keys were looked up: look them up again. */
const lookUpAgain: DecidedLeads<never> = { changes: [], isStep: true };

/** Two leads are one person: they are merged, and then the keys name one lead. */
const merge = ([stays, goes]: readonly Found[]): DecidedLeads<never> => {
  if (stays === undefined || goes === undefined || stays.state.status === 'none' || goes.state.status === 'none') return lookUpAgain;
  const absorbed = absorbLead(stays.state, goes.state, 'same-person-proven');
  const absorbing = becomeAbsorbed(goes.state, stays.state);
  if ('refused' in absorbed || 'refused' in absorbing) return lookUpAgain;
  const changes = [
    { id: stays.state.leadId, found: stays, decision: absorbed },
    { id: goes.state.leadId, found: goes, decision: absorbing },
  ];
  return { changes, isStep: true };
};

/** Whether the names of the record are still those by which the keys were looked up. */
const hasSameNames = ({ record }: Extract<Identity, { readonly kind: 'existing' }>, current: CapturedLead): boolean =>
  namesOf(record).join() === namesOf(current).join();

const decidePerson = (submitted: PersonSubmission, account: Account | null, loaded: LoadedPerson): DecidedLeads<never> => {
  const { identity, own, records, assignment } = loaded;
  if (identity.kind === 'shared-with-many') {
    const [found] = records;
    const decision = shareContact(found?.state ?? noLead, identity.contact, identity.claim);
    return { changes: [{ id: identity.leadId, found, decision }], isStep: true };
  }
  if (identity.kind === 'same-person') return merge(records);
  const person = { ...submitted, isProven: isProven(submitted), claims: identity.claims };
  if (identity.kind === 'new') {
    if (assignment === undefined) return lookUpAgain;
    const id = ownLead(submitted.submissionId);
    const command = { ...person, leadId: id, sourceId: submitted.source.sourceId, account };
    const { decision, rotation } = captureLead(own?.state ?? noLead, command, assignment);
    return { changes: [{ id, found: own, decision }], rotation };
  }
  if (own !== undefined) return { changes: [] };
  const [record] = records;
  // It was erased between the look-up of the keys and the reading of the record.
  if (record === undefined || record.state.status === 'none' || record.state.status === 'erased') return lookUpAgain;
  if (!hasSameNames(identity, record.state)) return lookUpAgain;
  return { changes: [{ id: record.state.leadId, found: record, decision: amendLead(record.state, person, allConsents(identity.lead)) }] };
};

/**
 * The record whose keys were named stores what was submitted, and every lead that it is part of stores it under that record. So it stays
 * with the right person when the merge is undone. Repeating it changes nothing.
 */
const passOn = async (deps: LeadsDeps, submitted: PersonSubmission, record: Lead): Promise<void> => {
  if (record.status === 'none' || record.mergedInto === null) return;
  const person = { ...submitted, claims: [] };
  const result = await deps.stores.leads.change<never>(record.mergedInto, (state) => amendAbsorbed(state, record, person));
  if ('changed' in result) await passOn(deps, submitted, result.changed.state);
};

/** Finds the lead of the person, or creates one. Under any race one person has one lead. */
export const findOrCreateLead = async (deps: LeadsDeps, submitted: PersonSubmission): Promise<FoundOrCreatedLead> => {
  const account = companyAccount(submitted.fields);
  const own = ownLead(submitted.submissionId);
  const result = await deps.stores.leads.changeAssigned(
    () => loadPerson(deps, submitted, account),
    (loaded) => decidePerson(submitted, account, loaded),
    { retryTaken: true },
  );
  if (!('changed' in result)) throw new Error(`submission ${submitted.submissionId}: its lead was not written`);
  const [lead] = result.changed;
  if (lead === undefined || lead.state.status === 'none' || lead.state.leadId === own) {
    countQueued(lead?.events ?? []);
    if (lead !== undefined) await passOn(deps, submitted, lead.state);
    return { leadId: own, created: true };
  }
  await passOn(deps, submitted, lead.state);
  return { leadId: lead.state.leadId, created: lead.state.submissionId === submitted.submissionId };
};
