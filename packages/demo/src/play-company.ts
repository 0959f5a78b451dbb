import { forecastView, opportunityView, runView } from '@meilenstein/contracts';
import { instant, toInstant } from '@meilenstein/kernel';
import type { Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { describeAccounts } from './steps/describe-accounts.ts';
import { leadsOf } from './steps/new-business.ts';
import { history, historyEnd } from './company/history.ts';
import { importFile } from './steps/import-rows.ts';
import { setUpCompany, setUpRules, type CompanySize } from './steps/load-company.ts';
import { convertLeads, countLeads, giveOpenLeads, moveOpportunities, ownedLead, talkToLeads } from './steps/work-on-leads.ts';
import type { Notes } from './run/notes.ts';
import { postForms, registerForms } from './steps/post-forms.ts';
import { seeded } from './company/random.ts';
import { runMonday, runSchedule } from './steps/run-schedule.ts';
import { waitUntilIdle } from './run/wait-until-idle.ts';
import { printDeals, printForms, printAssessment, printReports } from './print/print-company.ts';
import type { ReportProgress, Narrator } from './print/narrator.ts';
import { apiClient } from './client/api-client.ts';

const seed = 2026;
const defaultSize = { leads: 250, opportunities: 320 };

const source = z.object({ sourceId: z.string(), path: z.string(), secret: z.string() });
const forms = z.object({ webhook: source, form: source });
const counts = z.object({ rows: z.int(), created: z.int(), updated: z.int(), rejected: z.int() });

/** What a reader of the demo company must know of it. */
export const company = z.object({ sources: z.array(source), weekly: runView, soFar: runView, wonBy: z.string() });
export type Company = z.infer<typeof company>;

type Stage = {
  readonly cloud: Cloud;
  readonly notes: Notes;
  readonly narrator: Narrator;
  /** how much history is made; always the same for the same notes */
  readonly size?: CompanySize;
};

/** A step that is done once, with all that follows from it: what is noted as finished has reached every service. */
const step = <Result extends z.ZodType>(
  { cloud, notes, narrator }: Stage,
  { name, what, result }: { readonly name: string; readonly what: string; readonly result: Result },
  work: (report: ReportProgress) => Promise<z.input<Result>>,
): Promise<z.output<Result>> =>
  notes.once(name, result, () =>
    narrator.step(what, async (report) => {
      // What an interrupted start left under way comes first.
      await waitUntilIdle(cloud, report);
      const found = await work(report);
      await waitUntilIdle(cloud, report);
      return found;
    }),
  );

const importHistory = async (stage: Stage, now: z.infer<typeof instant>, round: string): Promise<void> => {
  const operations = await apiClient(stage.cloud, 'operations', 'login-operations');
  const past = history(seeded(seed), now, stage.size ?? defaultSize);
  for (const kind of ['leads', 'opportunities'] as const) {
    const about = { name: kind, what: `A year of ${kind} is imported`, result: counts };
    const status = await step(stage, about, (report) =>
      importFile(stage.cloud, operations, { kind, rows: past[kind], key: `${round}-${kind}`, report }),
    );
    stage.narrator.detail(kind, `${status.rows} rows: ${status.created} created, ${status.updated} updated, ${status.rejected} rejected`);
  }
};

/**
 * A year of history, then a morning of fresh business, then the reports. What the notes say is finished is left out, so that a start that
 * was interrupted goes on where it stopped.
 */
export const playCompany = async (stage: Stage): Promise<Company> => {
  const { cloud, notes, narrator } = stage;
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const marketing = await apiClient(cloud, 'marketing', 'login-marketing');
  const finance = await apiClient(cloud, 'finance', 'login-finance');
  const forecast = () => finance.get(forecastView, '/forecasts?window=month');
  const begun = await notes.once('begun', z.object({ at: instant }), async () => ({ at: toInstant(Date.now()) }));
  const [now, round] = [historyEnd(begun.at), String(Date.parse(begun.at))];

  await step(stage, { name: 'documents', what: 'The company is set up', result: z.null() }, async () => {
    await setUpCompany(cloud, operations, now);
    return null;
  });
  await step(stage, { name: 'rules', what: 'Rules about leads are set up', result: z.null() }, async () => {
    await setUpRules(cloud, operations, now);
    return null;
  });
  await importHistory(stage, now, round);
  const before = await notes.once('forecast-before', forecastView, forecast);

  const registered = await notes.once('forms', forms, () => registerForms(marketing, round));
  const sources = [registered.webhook, registered.form];
  const submitted = await step(
    stage,
    {
      name: 'submissions',
      what: 'Forms are posted, signed and unsigned',
      result: z.object({ posted: z.int(), repeated: z.int(), refused: z.int() }),
    },
    (report) => postForms(cloud, registered, round, report),
  );
  await printForms(cloud, narrator, { sources, submitted });
  const leads = await notes.once('morning', z.array(ownedLead), async () =>
    (await leadsOf(operations, sources)).flatMap(({ leadId, owner }) => (owner === null ? [] : [{ leadId, owner: owner.repId }])),
  );

  await step(stage, { name: 'talks', what: 'Reps talk to leads', result: z.null() }, async () => {
    await talkToLeads(cloud, leads, toInstant(Date.parse(begun.at) - 86_400_000).slice(0, 10));
    return null;
  });
  await step(stage, { name: 'learned', what: 'What won and lost leads teach is learned', result: z.null() }, async () => {
    await runSchedule(cloud, 'learn-from-outcomes', begun.at);
    return null;
  });
  await printAssessment(operations, narrator, countLeads(await leadsOf(operations, sources)));

  const opened = await step(stage, { name: 'conversions', what: 'Leads become opportunities', result: z.array(z.string()) }, async () => [
    ...(await convertLeads(cloud, leads)),
  ]);
  const moved = await step(
    stage,
    { name: 'orders', what: 'Customers act', result: z.object({ milestones: z.int(), won: z.array(opportunityView) }) },
    async () => {
      const { milestones, won } = await moveOpportunities(cloud, leads, opened);
      return { milestones, won: [...won] };
    },
  );
  const wonBy = await printDeals(finance, narrator, { opened, moved, before, after: await forecast() });

  await step(stage, { name: 'day', what: 'The night looks for silent customers, and a new day begins', result: z.null() }, async () => {
    await runSchedule(cloud, 'find-leaks', begun.at);
    await giveOpenLeads(cloud, leads, wonBy);
    return null;
  });

  await step(stage, { name: 'accounts', what: 'Accounts get facts and contacts', result: z.null() }, async () => {
    await describeAccounts(cloud, operations, wonBy);
    return null;
  });

  const reports = z.object({ weekly: runView, soFar: runView });
  const { weekly, soFar } = await step(
    stage,
    { name: 'reports', what: 'The weekly report runs, and the week so far', result: reports },
    async () => {
      await runSchedule(cloud, 'nightly-snapshot', begun.at);
      const monday = await runMonday(cloud, Date.parse(begun.at));
      const weekSoFar = await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {}, key: `${round}-week-so-far` });
      return { weekly: monday, soFar: weekSoFar };
    },
  );
  printReports(narrator, [weekly, soFar]);
  return { sources, weekly, soFar, wonBy };
};
