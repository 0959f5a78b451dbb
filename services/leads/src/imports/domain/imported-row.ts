import type { Happened, LeadFact } from '@meilenstein/contracts';
import { accountId, instant, opportunityId, repId } from '@meilenstein/kernel';
import * as z from 'zod';

/**
 * The row from which a lead was created, so that a corrected row can be distinguished from a repeated one. Null: the lead came from a form,
 * or an older version wrote the state.
 */
export const importedRow = z.object({
  imported: z
    .object({
      occurredAt: instant,
      recordedAt: instant,
      owner: repId.nullable(),
      converted: z.object({ opportunityId, accountId, occurredAt: instant, recordedAt: instant }).nullable(),
    })
    .nullable()
    .default(null),
});
export type ImportedRow = z.infer<typeof importedRow>;
export const noRow: ImportedRow = { imported: null };

/** The part of a lead that stores its row, after a fact. */
export const evolveRow = <Lead extends ImportedRow>(before: Lead, fact: Happened<LeadFact>): Lead => {
  const { occurredAt, recordedAt } = fact;
  const row = before.imported;
  if (fact.name === 'LeadCaptured' || fact.name === 'LeadCorrected')
    return fact.data.submissionId === null ? { ...before, imported: { occurredAt, recordedAt, owner: null, converted: null } } : before;
  if (row === null) return before;
  if (fact.name === 'LeadAssigned' && fact.data.reason === 'import') return { ...before, imported: { ...row, owner: fact.data.repId } };
  // A conversion by hand has a segment, even if it is null; a row has none.
  if (fact.name !== 'LeadConverted' || fact.data.segment !== undefined) return before;
  const converted = { opportunityId: fact.data.opportunityId, accountId: fact.data.account.id, occurredAt, recordedAt };
  return { ...before, imported: { ...row, converted } };
};
