import { itemLimits, type Happened, type OpportunityFact } from '@meilenstein/contracts';
import type { Instant, RepId } from '@meilenstein/kernel';

type Fact<Name extends OpportunityFact['name']> = Extract<OpportunityFact, { name: Name }>;
type Data<Name extends OpportunityFact['name']> = Fact<Name>['data'];

/** A milestone that the customer has reached, with the evidence that is in force. */
export type ReachedMilestone = {
  readonly milestoneId: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly act: Data<'MilestoneReached'>['act'];
  readonly channel: Data<'MilestoneReached'>['channel'];
  readonly partyRole: Data<'MilestoneReached'>['partyRole'];
  readonly partyRoleText: string | null;
  readonly quote: string | null;
  /** absent where an older version wrote the state */
  readonly artefact?: { readonly reference: string; readonly sha256: string } | null | undefined;
  /** true once the person was erased: what was typed is deleted */
  readonly erased: boolean;
  /** the rep who recorded it; absent where an older version wrote the state */
  readonly recordedBy?: RepId | null | undefined;
  /** the imported row that recorded it */
  readonly rowId?: string | undefined;
  /** when it was corrected last; absent: never */
  readonly correctedAt?: Instant | undefined;
};

/** What the customer did without reaching a milestone. */
export type CustomerResponse = Pick<
  ReachedMilestone,
  'occurredAt' | 'recordedAt' | 'channel' | 'partyRole' | 'partyRoleText' | 'quote' | 'erased'
> & {
  readonly responseId: string;
  readonly kind: Data<'CustomerResponded'>['kind'];
  readonly recordedBy: RepId | null;
};

/** The newest of a list that must not grow without end. */
export const newest = <Entry>(entries: readonly Entry[], most: number): readonly Entry[] => entries.slice(-most);

export const reachedOf = ({ data, confidential, occurredAt, recordedAt }: Happened<Fact<'MilestoneReached'>>): ReachedMilestone => {
  const { milestoneId, position, act, channel, partyRole, recordedBy, rowId } = data;
  return {
    milestoneId,
    position,
    occurredAt,
    recordedAt,
    act,
    channel,
    partyRole,
    partyRoleText: confidential?.role ?? null,
    quote: confidential?.quote ?? null,
    artefact: confidential?.artefact ?? null,
    erased: false,
    recordedBy,
    ...(rowId === undefined ? {} : { rowId }),
  };
};

/** The evidence as it was corrected. When it became known stays, so that a correction by the seller wakes nothing. */
export const correctedEvidence = (
  reached: readonly ReachedMilestone[],
  { data, confidential, recordedAt }: Happened<Fact<'EvidenceCorrected'>>,
): readonly ReachedMilestone[] =>
  reached.map((one) =>
    one.milestoneId === data.milestoneId
      ? {
          ...one,
          ...data.after,
          partyRoleText: confidential?.role ?? null,
          quote: confidential?.quote ?? null,
          artefact: confidential?.artefact ?? null,
          erased: one.erased && confidential === undefined,
          correctedAt: recordedAt,
        }
      : one,
  );

/** The responses with one more; only the newest stay at hand. */
export const withResponse = (
  responses: readonly CustomerResponse[],
  { data, confidential, occurredAt, recordedAt }: Happened<Fact<'CustomerResponded'>>,
): readonly CustomerResponse[] => {
  const { responseId, kind, channel, partyRole, recordedBy } = data;
  const words = { partyRoleText: confidential?.role ?? null, quote: confidential?.quote ?? null, erased: false };
  const response = { responseId, kind, occurredAt, recordedAt, channel, partyRole, ...words, recordedBy };
  return newest([...responses, response], itemLimits.responsesOfOpportunity);
};

const withoutWords = { partyRoleText: null, quote: null, erased: true };

/** Milestones and responses after the person was erased: what was typed is deleted. */
export const withoutWordsOfCustomer = (reached: readonly ReachedMilestone[], responses: readonly CustomerResponse[]) => ({
  reached: reached.map((one) => ({ ...one, ...withoutWords, artefact: null })),
  responses: responses.map((one) => ({ ...one, ...withoutWords })),
});
