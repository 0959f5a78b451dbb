import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attainmentView, reconciliationView, opportunityView, runView, type OpportunityView, type RunView } from '@meilenstein/contracts';
import { toMoney } from '@meilenstein/kernel';
import type { Cloud } from '@meilenstein/local';
import type { Source } from '../steps/new-business.ts';
import { everyPage, apiClient } from '../client/api-client.ts';

export type Check = { readonly invariant: string; readonly holds: boolean; readonly found: string };

/** An invariant holds if the value that was found equals the expected one, as JSON. */
export const check = (invariant: string, expected: unknown, found: unknown): Check => {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
  return { invariant, holds: wanted === got, found: wanted === got ? got : `${got}, expected ${wanted}` };
};

const minor = (amount: { readonly amount: string; readonly currency: Parameters<typeof toMoney>[0]['currency'] }): number =>
  toMoney(amount).minor;

export const reconciliationBalances = async (cloud: Cloud, sources: readonly Source[], on: readonly string[]): Promise<Check[]> => {
  const marketing = await apiClient(cloud, 'marketing', 'login-marketing');
  const books = await Promise.all(
    sources.flatMap(({ sourceId }) => on.map((day) => marketing.get(reconciliationView, `/sources/${sourceId}/reconciliation?day=${day}`))),
  );
  const received = books.reduce((sum, one) => sum + one.received, 0);
  const settled = books.reduce(
    (sum, one) => sum + one.created + one.attached + one.quarantined + Object.values(one.rejected).reduce((a, b) => a + b, 0),
    0,
  );
  return [
    check('the reconciliation balances: received = created + attached + quarantined + rejected', received, settled),
    check(
      'every source reports that its reconciliation balances',
      true,
      books.every((one) => one.balanced),
    ),
  ];
};

const creditsEqualOrders = async (cloud: Cloud, opportunities: readonly OpportunityView[], years: readonly number[]): Promise<Check> => {
  const finance = await apiClient(cloud, 'finance', 'login-finance');
  const won = opportunities
    .filter((one) => one.status === 'won')
    .reduce((sum, one) => sum + (one.order === null ? 0 : minor(one.order.reportingAmount)), 0);
  const credits = await Promise.all(years.map((year) => finance.get(attainmentView, `/attainment?node=company&period=FY${year}`)));
  return check(
    'Σ credits = Σ won − cancelled',
    won,
    credits.reduce((sum, one) => sum + minor(one.achieved), 0),
  );
};

/** The same sum, from the API: orders minus cancellations, each when it became known. The order is the last milestone. */
const revenueOf = (opportunities: readonly OpportunityView[], { from, until }: { readonly from: string; readonly until: string }): number =>
  opportunities.reduce((sum, { order, milestones }) => {
    if (order === null) return sum;
    const value = minor(order.reportingAmount);
    const within = (at: string | null): number => (at !== null && from <= at && at < until ? value : 0);
    return sum + within(milestones.at(-1)?.recordedAt ?? null) - within(order.cancelledAt);
  }, 0);

const reportEqualsApi = (run: RunView, opportunities: readonly OpportunityView[]): Check => {
  const totals = run.manifest.files.map((file) => file.controlTotals['revenue']);
  const expected = revenueOf(opportunities, run.manifest.period);
  return check(`${run.reportId} ${run.period}: revenue of company, teams and reps = the API’s`, [expected, expected, expected], totals);
};

/** The bytes in the bucket are those that the manifest names. */
export const filesMatchManifest = (cloud: Cloud, run: RunView): Check => {
  const folder = cloud.bucketFolder('meilenstein-dev-000000000000-eu-central-1-reports');
  const found = run.manifest.files.map(({ key }) =>
    createHash('sha256')
      .update(readFileSync(join(folder, key)))
      .digest('hex'),
  );
  return check(
    `${run.reportId} ${run.period}: the files’ bytes have the manifest’s SHA-256`,
    run.manifest.files.map((file) => file.sha256),
    found,
  );
};

export type DemoCompany = {
  readonly sources: readonly Source[];
  readonly days: readonly string[];
  readonly years: readonly number[];
  readonly runs: readonly RunView[];
};

/** The invariants of the demo company, checked when nothing is under way any more. */
export const checkInvariants = async (cloud: Cloud, { sources, days, years, runs }: DemoCompany): Promise<readonly Check[]> => {
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const opportunities = await everyPage(operations, opportunityView, '/opportunities');
  return [
    ...(await reconciliationBalances(cloud, sources, days)),
    await creditsEqualOrders(cloud, opportunities, years),
    ...runs.flatMap((run) => [reportEqualsApi(runView.parse(run), opportunities), filesMatchManifest(cloud, run)]),
  ];
};
