import type { LeadRow } from '@meilenstein/contracts';
import type { Instant, OpportunityId } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { contribute, flat, lastTextFrom, nothingKnown, sameKnown } from '../../identity/domain/survivorship.ts';

type About = { readonly row: LeadRow; readonly opportunityId: OpportunityId | null };

/** One thing that a row says otherwise than before, and the value to complain about (null: what may be personal, or nothing). */
export type SaidOtherwise = { readonly field: string; readonly value?: string };

export const timesOf = ({ occurredAt, recordedAt }: Pick<LeadRow, 'occurredAt' | 'recordedAt'>) => ({
  occurredAt,
  recordedAt: recordedAt ?? occurredAt,
});

/** What is kept of the row. An older version kept the owner and when it happened; what it did not keep is undefined. */
const keptOf = ({ imported, capturedAt, owner, opportunityId }: CapturedLead) =>
  imported ?? {
    occurredAt: capturedAt,
    recordedAt: undefined,
    owner: owner === null || owner.reason === 'import' ? (owner?.repId ?? null) : undefined,
    converted: opportunityId === null ? null : { opportunityId, occurredAt: undefined, recordedAt: undefined },
  };

const differs = (field: string, said: string | null, kept: string | null | undefined, value = said): readonly SaidOtherwise[] =>
  kept === undefined || said === kept ? [] : [{ field, ...(value === null ? {} : { value }) }];

/** A conversion that nothing is kept of is news and no correction. */
const conversionDiffers = (lead: CapturedLead, { row, opportunityId }: About): readonly SaidOtherwise[] => {
  const { converted: kept } = keptOf(lead);
  if (kept === null)
    return row.converted === undefined || lead.opportunityId === null
      ? []
      : differs('converted.opportunityExternalId', opportunityId, lead.opportunityId, row.converted.opportunityExternalId);
  if (row.converted === undefined) return [{ field: 'converted' }];
  const { occurredAt, recordedAt } = timesOf(row.converted);
  return [
    ...differs('converted.opportunityExternalId', opportunityId, kept.opportunityId, row.converted.opportunityExternalId),
    ...differs('converted.occurredAt', occurredAt, kept.occurredAt),
    ...differs('converted.recordedAt', recordedAt, kept.recordedAt),
  ];
};

/** What a row says otherwise than the one that the lead was made of; the person apart. */
export const saidOtherwise = (lead: CapturedLead, about: About): readonly SaidOtherwise[] => {
  const kept = keptOf(lead);
  const { occurredAt, recordedAt } = timesOf(about.row);
  return [
    ...differs('occurredAt', occurredAt, kept.occurredAt),
    ...differs('recordedAt', recordedAt, kept.recordedAt),
    ...differs('owner', about.row.owner ?? null, kept.owner),
    ...conversionDiffers(lead, about),
  ];
};

const knownBy = ({ row }: About, at: Instant) => contribute(nothingKnown, { from: null, at, fields: row.person });

/** Whether the row names the person as it did before; of a lead that only the row knows. */
export const isSamePerson = (lead: CapturedLead, about: About): boolean => sameKnown(lead.known, knownBy(about, keptOf(lead).occurredAt));

/** What the row says of the person that it did not say last, by fields; of a lead that others know too. */
export const changedTexts = ({ known }: CapturedLead, { row }: About): readonly (readonly [field: string, text: string])[] =>
  flat(row.person).filter(([field, text]) => lastTextFrom(known, field, null) !== text);

/** Fields of the person that the row said and says no more. */
export const unsaidFields = ({ known }: CapturedLead, { row }: About): readonly SaidOtherwise[] => {
  const said = new Set(flat(row.person).map(([field]) => field));
  const unsaid = Object.keys(known.values).filter((field) => !said.has(field) && lastTextFrom(known, field, null) !== undefined);
  return unsaid.toSorted().map((field) => ({ field: `person.${field}` }));
};

const byRules: readonly string[] = ['rotation', 'account-owner'];

const isMoved = (lead: CapturedLead): boolean => {
  const { owner } = keptOf(lead);
  if (owner === undefined) return true;
  if (owner === null) return lead.owner !== null && !byRules.includes(lead.owner.reason);
  return lead.owner?.repId !== owner || lead.owner.reason !== 'import';
};

/** Whether anything has happened to an imported lead that a corrected row would overwrite. */
export const isWorkedOn = (lead: CapturedLead, { opportunityId }: About): boolean => {
  const { occurredAt, converted } = keptOf(lead);
  const isConvertedHere =
    lead.opportunityId !== null && (converted === null || (lead.imported === null && lead.opportunityId !== opportunityId));
  const isQualifiedSince = Object.values(lead.reached).some((reached) => reached !== undefined && reached.at !== occurredAt);
  return (
    isMoved(lead) ||
    isConvertedHere ||
    isQualifiedSince ||
    lead.worked ||
    lead.givenBack !== null ||
    lead.disqualified !== null ||
    lead.reachedBefore.length > 0 ||
    lead.mergedInto !== null ||
    Object.keys(lead.absorbed).length > 0 ||
    lead.known.touches.some((touch) => touch.from !== null || touch.at !== occurredAt) ||
    Object.keys(lead.consents).length > 0 ||
    lead.serviceLevel !== null ||
    lead.requalifiedAt !== null ||
    lead.followed.length > 0 ||
    lead.tasks.length > 0
  );
};
