import {
  attainmentView,
  reconciliationView,
  learnedModelView,
  type ForecastView,
  type OpportunityView,
  type RunView,
} from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { leadsOf, quarantinedOf, type Source } from '../steps/new-business.ts';
import type { LeadCounts } from '../steps/work-on-leads.ts';
import type { Submitted } from '../steps/post-forms.ts';
import type { Narrator } from './narrator.ts';
import { apiClient, type ApiClient } from '../client/api-client.ts';

const money = (text: { readonly amount: string; readonly currency: string }): string => `${text.amount} ${text.currency}`;

const explained = z.object({
  routing: z.object({ sentences: z.array(z.string()) }),
  serviceLevel: z.object({ summary: z.string() }).nullable(),
});

/** The reconciliation of a day, the owner of each lead and why, and what is in quarantine. */
export const printForms = async (
  cloud: Cloud,
  { detail }: Narrator,
  { sources, submitted }: { readonly sources: readonly Source[]; readonly submitted: Submitted },
): Promise<void> => {
  const marketing = await apiClient(cloud, 'marketing', 'login-marketing');
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const today = new Date().toISOString().slice(0, 10);
  const books = await Promise.all(
    sources.map(({ sourceId }) => marketing.get(reconciliationView, `/sources/${sourceId}/reconciliation?day=${today}`)),
  );
  const of = (figure: 'received' | 'created' | 'attached' | 'quarantined'): number => books.reduce((sum, one) => sum + one[figure], 0);
  const rejected = books.reduce((sum, one) => sum + Object.values(one.rejected).reduce((a, b) => a + b, 0), 0);
  const leads = await leadsOf(operations, sources);
  const { posted, repeated, refused } = submitted;
  detail('posted', `${posted}, ${repeated} of them the same delivery again; ${refused} more with a forged signature got 401`);
  detail(
    'reconciliation',
    `${of('received')} received = ${of('created')} created + ${of('attached')} attached + ${of('quarantined')} quarantined + ${rejected} rejected`,
  );
  const owned = leads.filter((lead) => lead.owner !== null);
  detail('leads', `${leads.length}, ${owned.length} given to ${new Set(owned.map((lead) => lead.owner?.repId)).size} reps`);
  const [example] = leads;
  if (example !== undefined) {
    const { routing, serviceLevel } = await operations.get(explained, `/leads/${example.leadId}`);
    detail('why', routing.sentences.slice(0, 2).join(' '));
    detail('service level', serviceLevel?.summary ?? 'nothing');
  }
  const quarantined = await Promise.all(sources.map((one) => quarantinedOf(marketing, one)));
  for (const one of quarantined.flat().slice(0, 3)) detail('quarantine', `${one.submissionId}: ${one.reason}`);
};

/** How many leads have which stage and grade, and what was learned from all of them. */
export const printAssessment = async (operations: ApiClient, { detail }: Narrator, judged: LeadCounts): Promise<void> => {
  const listOf = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  detail('stages', listOf(judged.stages));
  detail('grades', listOf(judged.grades));
  const taught = await operations.get(learnedModelView, '/learned-score');
  detail('learned', `from ${taught.won} won and ${taught.lost} lost leads: ${taught.status}`);
};

type Deals = {
  readonly opened: readonly string[];
  readonly moved: { readonly milestones: number; readonly won: readonly OpportunityView[] };
  readonly before: ForecastView;
  readonly after: ForecastView;
};

/** What the morning's orders did to a quota and to the forecast. @returns the rep who won the first one @throws where none was won */
export const printDeals = async (finance: ApiClient, { detail }: Narrator, { opened, moved, before, after }: Deals): Promise<string> => {
  detail('opportunities', `${opened.length} opened, ${moved.milestones} milestones with evidence, ${moved.won.length} orders`);
  const winner = moved.won[0];
  if (winner?.order === undefined || winner.order === null) throw new Error('no order was won');
  const month = winner.order.orderedAt.slice(0, 7);
  const { achieved, target } = await finance.get(attainmentView, `/attainment?node=rep:${winner.repId}&period=${month}`);
  const has = `${money(achieved)} of ${target ? money(target) : 'no target'} in ${month}`;
  detail('credit', `${money(winner.order.reportingAmount)} for ${winner.repId}, who has ${has}`);
  const means = `${money(before.mean)} -> ${money(after.mean)}`;
  detail('forecast', `${after.window.label}: mean ${means}, P10 ${after.p10.amount}, P90 ${after.p90.amount}`);
  return winner.repId;
};

/** The company's sums of each report. */
export const printReports = ({ detail }: Narrator, runs: readonly RunView[]): void => {
  for (const run of runs) {
    const { leads, 'leads touchpoints': touchpoints, revenue = 0 } = run.manifest.files[0]?.controlTotals ?? {};
    const sums = `leads ${leads}, touchpoints ${touchpoints}, revenue ${(revenue / 100).toFixed(2)} ${run.manifest.currency}`;
    detail(run.reportId, `${run.period} version ${run.version}: ${sums}`);
  }
};
