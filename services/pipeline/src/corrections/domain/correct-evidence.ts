import { evidenceCorrected, type Milestone, type OpportunityFact } from '@meilenstein/contracts';
import { canonicalJson, decided, refused, type Decision, type Instant, type Refusal } from '@meilenstein/kernel';
import { checkEvidence, confidentialOf, publishedOf, type CustomerEvidence } from '../../opportunities/domain/customer-evidence.ts';
import { checkCompanyDay, type LiveChecks } from '../../opportunities/domain/live-checks.ts';
import type { Opportunity } from '../../opportunities/domain/opportunity.ts';
import type { ReachedMilestone } from '../../opportunities/domain/recorded-evidence.ts';
import { checkNotOrder, evidenceNotFound, reasonMissing, type Because } from './withdraw-evidence.ts';

type Code =
  | 'opportunity-not-found'
  | 'evidence-not-found'
  | 'evidence-of-order'
  | 'reason-missing'
  | 'evidence-missing'
  | 'evidence-not-from-customer'
  | 'act-not-accepted'
  | 'evidence-too-old'
  | 'evidence-in-future'
  | 'evidence-before-owner';

type CorrectEvidence = Because & { readonly milestoneId: string; readonly evidence: CustomerEvidence | undefined };

/** The words that the event would store for evidence that is stored already, to compare them with the new ones. */
const wordsOf = ({ quote, partyRoleText, artefact }: ReachedMilestone) => {
  const words = {
    ...(quote === null ? {} : { quote }),
    ...(partyRoleText === null ? {} : { role: partyRoleText }),
    ...((artefact ?? null) === null ? {} : { artefact }),
  };
  return Object.keys(words).length === 0 ? undefined : words;
};

/** Replaces the evidence of a milestone as a whole, so that of two corrections the last one counts. The milestone stays reached. */
export const correctEvidence = (
  opportunity: Opportunity,
  { milestoneId, evidence, reason, recordedBy }: CorrectEvidence,
  { milestones, now, live }: { readonly milestones: readonly Milestone[]; readonly now: Instant; readonly live: LiveChecks },
): Decision<OpportunityFact, Refusal<Code>> => {
  if (opportunity.status === 'none') return refused('opportunity-not-found', 'there is no such opportunity');
  const recorded = opportunity.reached.find((one) => one.milestoneId === milestoneId);
  const milestone = milestones.find(({ id }) => id === milestoneId);
  if (recorded === undefined || milestone === undefined) return evidenceNotFound(milestoneId);
  if (evidence === undefined)
    return refused('evidence-missing', 'say what the customer did, said or wrote: act, by, occurredAt, channel', { field: 'evidence' });
  const { occurredAt } = evidence;
  const refusal =
    checkEvidence(milestone, evidence, now) ??
    checkCompanyDay({ occurredAt, field: 'evidence.occurredAt' }, live) ??
    (occurredAt === recorded.occurredAt ? undefined : checkNotOrder(opportunity, milestoneId));
  if (refusal !== undefined) return { refused: refusal };
  if (reason === undefined) return reasonMissing;
  const before = { act: recorded.act, channel: recorded.channel, partyRole: recorded.partyRole, occurredAt: recorded.occurredAt };
  const after = { act: evidence.act, ...publishedOf(evidence), occurredAt };
  const confidential = confidentialOf(evidence);
  const [was, is] = [canonicalJson([before, wordsOf(recorded) ?? null]), canonicalJson([after, confidential ?? null])];
  if (was === is) return decided();
  const { position } = recorded;
  return decided(
    evidenceCorrected.of(
      { ...opportunity.dimensions, milestoneId, position, before, after, reason, recordedBy },
      confidential === undefined ? {} : { confidential },
    ),
  );
};
