import type { HandlersOf, pipelineApi, TimelineEntry as TimelineEntryView } from '@meilenstein/contracts';
import { fromMoney, type OpportunityId } from '@meilenstein/kernel';
import { maySeeOpportunity } from '../../opportunities/http/current-company.ts';
import type { ExistingOpportunity } from '../../opportunities/domain/opportunity.ts';
import { viewing } from '../../opportunities/http/visible-opportunities.ts';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { partsOf } from '../domain/account.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { accountNotFound } from './account-routes.ts';
import { seenAccount } from './visible-accounts.ts';

type Routes = Pick<HandlersOf<typeof pipelineApi>, 'GET /accounts/{accountId}/timeline'>;

const bySystem = { kind: 'system' as const, repId: null, roles: [] };

/** The customer's words of a milestone; they stand with the opportunity only, so that an erasure need not search the timeline. */
const quoteOf = (opportunity: ExistingOpportunity | undefined, milestoneId: string): string | null =>
  opportunity?.reached.find((one) => one.milestoneId === milestoneId)?.quote ?? null;

const entryView = (
  { event: _, accountId: __, evidence, amount, ...entry }: TimelineEntry,
  recordedBy: TimelineEntryView['recordedBy'],
  opportunity: ExistingOpportunity | undefined,
): TimelineEntryView => ({
  ...entry,
  recordedBy,
  opportunityId: entry.opportunityId ?? null,
  leadId: entry.leadId ?? null,
  contactId: entry.contactId ?? null,
  sourceId: entry.sourceId ?? null,
  otherAccount: entry.otherAccount ?? null,
  amount: amount === undefined || amount === null ? null : fromMoney(amount),
  from: entry.from ?? null,
  to: entry.to ?? null,
  reason: entry.reason ?? null,
  milestoneId: entry.milestoneId ?? evidence?.milestoneId ?? null,
  evidence: evidence === undefined ? null : { ...evidence, quote: quoteOf(opportunity, evidence.milestoneId) },
  changed: [...(entry.changed ?? [])],
});

/** What happened with an account. */
export const timelineRoutes = (deps: PipelineDeps): Routes => ({
  'GET /accounts/{accountId}/timeline': async ({ path, query, caller }) => {
    const seen = await viewing(deps, caller);
    const found = await seenAccount(deps, seen, path.accountId);
    if (found === undefined) return accountNotFound;
    const page = await deps.stores.timelines.page(partsOf(found.account), query);
    const ids = [...new Set(page.entries.flatMap(({ opportunityId }) => opportunityId ?? []))];
    const states = await deps.stores.opportunities.findMany(ids);
    const visible = new Map(
      states
        .filter(({ opportunity }) => maySeeOpportunity(seen, opportunity))
        .map(({ opportunity }): [OpportunityId, ExistingOpportunity] => [opportunity.dimensions.opportunityId, opportunity]),
    );
    const shown = page.entries.filter(
      ({ opportunityId }) => found.isResponsible || opportunityId === undefined || visible.has(opportunityId),
    );
    const recorders = await deps.stores.timelines.recordersOf(seen.company, shown);
    const items = shown.map((entry, index) =>
      entryView(entry, recorders[index] ?? bySystem, entry.opportunityId === undefined ? undefined : visible.get(entry.opportunityId)),
    );
    return { status: 200, body: { items, next: page.next } };
  },
});
