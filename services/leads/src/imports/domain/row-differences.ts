import type { LeadRow } from '@meilenstein/contracts';
import type { Instant, OpportunityId } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { updateProfile, emptyProfile, fieldEntries, isSameProfile, lastTextFrom } from '../../identity/domain/survivorship.ts';

type RowWithOpportunity = { readonly row: LeadRow; readonly opportunityId: OpportunityId | null };

/** A field in which a row differs from what is stored; without a value where there is none, or where it may be personal. */
export type RowDifference = { readonly field: string; readonly value?: string };

export const timesOf = ({ occurredAt, recordedAt }: Pick<LeadRow, 'occurredAt' | 'recordedAt'>) => ({
  occurredAt,
  recordedAt: recordedAt ?? occurredAt,
});

/** What is stored of the row. Older states stored only the owner and when it happened; what they did not store is undefined. */
const storedRow = ({ imported, capturedAt, owner, opportunityId }: CapturedLead) =>
  imported ?? {
    occurredAt: capturedAt,
    recordedAt: undefined,
    owner: owner === null || owner.reason === 'import' ? (owner?.repId ?? null) : undefined,
    converted: opportunityId === null ? null : { opportunityId, occurredAt: undefined, recordedAt: undefined },
  };

const differs = (field: string, given: string | null, stored: string | null | undefined, value = given): readonly RowDifference[] =>
  stored === undefined || given === stored ? [] : [{ field, ...(value === null ? {} : { value }) }];

/** Where no conversion is stored, a conversion in the row is new and not a correction. */
const conversionDifferences = (lead: CapturedLead, { row, opportunityId }: RowWithOpportunity): readonly RowDifference[] => {
  const { converted: stored } = storedRow(lead);
  if (stored === null)
    return row.converted === undefined || lead.opportunityId === null
      ? []
      : differs('converted.opportunityExternalId', opportunityId, lead.opportunityId, row.converted.opportunityExternalId);
  if (row.converted === undefined) return [{ field: 'converted' }];
  const { occurredAt, recordedAt } = timesOf(row.converted);
  return [
    ...differs('converted.opportunityExternalId', opportunityId, stored.opportunityId, row.converted.opportunityExternalId),
    ...differs('converted.occurredAt', occurredAt, stored.occurredAt),
    ...differs('converted.recordedAt', recordedAt, stored.recordedAt),
  ];
};

/** Where a row differs from the one that the lead was made of, the person apart. */
export const rowDifferences = (lead: CapturedLead, { row, opportunityId }: RowWithOpportunity): readonly RowDifference[] => {
  const stored = storedRow(lead);
  const { occurredAt, recordedAt } = timesOf(row);
  return [
    ...differs('occurredAt', occurredAt, stored.occurredAt),
    ...differs('recordedAt', recordedAt, stored.recordedAt),
    ...differs('owner', row.owner ?? null, stored.owner),
    ...conversionDifferences(lead, { row, opportunityId }),
  ];
};

const profileFrom = ({ row }: RowWithOpportunity, at: Instant) => updateProfile(emptyProfile, { from: null, at, fields: row.person });

/** Whether the row describes the same person as before. It answers only for a lead to which nothing but the row contributed. */
export const isSamePerson = (lead: CapturedLead, given: RowWithOpportunity): boolean =>
  isSameProfile(lead.profile, profileFrom(given, storedRow(lead).occurredAt));

/** The texts that the row now gives for the person and did not give last, by field. Others may have contributed to the lead, too. */
export const changedTexts = ({ profile }: CapturedLead, { row }: RowWithOpportunity): readonly (readonly [field: string, text: string])[] =>
  fieldEntries(row.person).filter(([field, text]) => lastTextFrom(profile, field, null) !== text);

/** Fields of the person that an earlier version of the row gave and this one does not. */
export const removedFields = ({ profile }: CapturedLead, { row }: RowWithOpportunity): readonly RowDifference[] => {
  const given = new Set(fieldEntries(row.person).map(([field]) => field));
  const removed = Object.keys(profile.values).filter((field) => !given.has(field) && lastTextFrom(profile, field, null) !== undefined);
  return removed.toSorted().map((field) => ({ field: `person.${field}` }));
};

const reasonsOfRules: readonly string[] = ['rotation', 'account-owner'];

const isMoved = (lead: CapturedLead): boolean => {
  const { owner } = storedRow(lead);
  if (owner === undefined) return true;
  if (owner === null) return lead.owner !== null && !reasonsOfRules.includes(lead.owner.reason);
  return lead.owner?.repId !== owner || lead.owner.reason !== 'import';
};

/** Whether anything has happened to an imported lead that a corrected row would overwrite. */
export const isWorkedOn = (lead: CapturedLead, { opportunityId }: RowWithOpportunity): boolean => {
  const { occurredAt, converted } = storedRow(lead);
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
    lead.profile.touches.some((touch) => touch.from !== null || touch.at !== occurredAt) ||
    Object.keys(lead.consents).length > 0 ||
    lead.serviceLevel !== null ||
    lead.requalifiedAt !== null ||
    lead.followed.length > 0 ||
    lead.tasks.length > 0
  );
};
