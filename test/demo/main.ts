import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { attainmentView, booksView, forecastView, learnedModelView, roles, runView, type Role, type RunView } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { bootCloud, isTaken, type Cloud } from '@meilenstein/local';
import * as z from 'zod';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import {
  judgedOf,
  leadsOf,
  moveBusiness,
  postSubmissions,
  quarantinedOf,
  talkToLeads,
  type Source,
} from '@meilenstein/demo/fresh-business';
import { historyEnd } from '@meilenstein/demo/history';
import { check as equal, checkInvariants, type Check } from '@meilenstein/demo/invariants';
import { newestRun } from '@meilenstein/demo/newest-run';
import { loadCompany } from '@meilenstein/demo/load-company';
import { funnelSums } from './funnel.ts';
import { historyOf, itemsOf, refoldDifferences } from './refold.ts';
import { steps, table } from '@meilenstein/demo/telling';
import { visitor } from '@meilenstein/demo/visitor';

const root = join(import.meta.dirname, '..', '..');
const reportBucket = 'meilenstein-dev-000000000000-eu-central-1-reports';
const seed = 2026;
const size = { leads: 250, opportunities: 320 };
const usualPort = 8787;

const source = z.object({ sourceId: z.string(), path: z.string(), secret: z.string() });
/** What a later start must know of the first one. */
const memory = z.object({ sources: z.array(source), weekly: runView, soFar: runView, wonBy: z.string() });
type Memory = z.infer<typeof memory>;

const money = (text: { readonly amount: string; readonly currency: string }): string => `${text.amount} ${text.currency}`;

/** The Monday 05:00 in Berlin that was last, as the schedule would have called it. */
const lastMondayMorning = (now: number): string => {
  const date = new Date(now);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  date.setUTCHours(4, 0, 0, 0);
  if (date.getTime() > now) date.setUTCDate(date.getUTCDate() - 7);
  return date.toISOString();
};

const mondayRun = async (cloud: Cloud): Promise<RunView> => {
  const finance = await visitor(cloud, 'finance', 'login-finance');
  const { runs } = z
    .object({ runs: z.array(z.string()).min(1) })
    .parse(await cloud.runSchedule('meilenstein-dev-weekly-report', lastMondayMorning(Date.now())));
  return finance.get(runView, `/runs/${runs[0]}`);
};

/** A year of history, then a morning of fresh business, then the reports; each step says what happened. */
const play = async (cloud: Cloud): Promise<Memory> => {
  const say = steps();
  const finance = await visitor(cloud, 'finance', 'login-finance');
  const operations = await visitor(cloud, 'operations', 'login-operations');
  const loaded = await say('A year of history is imported', () =>
    loadCompany(cloud, { now: historyEnd(toInstant(Date.now())), seed, size }),
  );
  for (const [kind, status] of Object.entries(loaded))
    say.detail(kind, `${status.rows} rows: ${status.created} created, ${status.updated} updated, ${status.rejected} rejected`);
  const events = (await Promise.all(['leads', 'pipeline', 'quota'].map((service) => itemsOf(cloud, service)))).flatMap(historyOf).length;
  say.detail('events', String(events));
  const before = await finance.get(forecastView, '/forecasts?window=month');

  const submitted = await say('Forms are posted, signed and unsigned', () => postSubmissions(cloud, String(Date.now())));
  const sources = [submitted.webhook, submitted.form];
  await cloud.quiet();
  const leads = await leadsOf(operations, sources);
  const marketing = await visitor(cloud, 'marketing', 'login-marketing');
  const today = new Date().toISOString().slice(0, 10);
  const books = await Promise.all(sources.map(({ sourceId }) => marketing.get(booksView, `/sources/${sourceId}/books?day=${today}`)));
  const of = (figure: 'received' | 'created' | 'attached' | 'quarantined'): number => books.reduce((sum, one) => sum + one[figure], 0);
  const rejected = books.reduce((sum, one) => sum + Object.values(one.rejected).reduce((a, b) => a + b, 0), 0);
  say.detail(
    'posted',
    `${submitted.posted}, ${submitted.repeated} of them the same delivery again; ${submitted.refused} more with a forged signature got 401`,
  );
  say.detail(
    'the books',
    `${of('received')} received = ${of('created')} created + ${of('attached')} attached + ${of('quarantined')} quarantined + ${rejected} rejected`,
  );
  say.detail(
    'leads',
    `${leads.length}, ${leads.filter((lead) => lead.owner !== null).length} given to ${new Set(leads.map((lead) => lead.owner?.repId)).size} reps`,
  );
  const [example] = leads;
  const why = z.object({ routing: z.object({ sentences: z.array(z.string()) }) });
  if (example !== undefined)
    say.detail('why', (await operations.get(why, `/leads/${example.leadId}`)).routing.sentences.slice(0, 2).join(' '));
  const promised = z.object({ service: z.object({ summary: z.string() }).nullable() });
  if (example !== undefined)
    say.detail('promised', (await operations.get(promised, `/leads/${example.leadId}`)).service?.summary ?? 'nothing');
  for (const one of (await quarantinedOf(marketing, submitted.webhook)).slice(0, 3))
    say.detail('quarantine', `${one.submissionId}: ${one.reason}`);

  const listOf = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', '); // prettier-ignore
  const judged = await say('Reps talk to leads, and what won and lost leads teach is learned', async () => {
    await talkToLeads(cloud, leads);
    await cloud.quiet();
    await cloud.runSchedule('meilenstein-dev-learn-from-outcomes', new Date().toISOString());
    return judgedOf(await leadsOf(operations, sources));
  });
  say.detail('stages', listOf(judged.stages));
  say.detail('grades', listOf(judged.grades));
  const taught = await operations.get(learnedModelView, '/learned-score');
  say.detail('learned', `from ${taught.won} won and ${taught.lost} lost leads: ${taught.status}`);

  const moved = await say('Leads become opportunities, customers act', () => moveBusiness(cloud, leads));
  await cloud.quiet();
  say.detail('opportunities', `${moved.converted} opened, ${moved.milestones} milestones with evidence, ${moved.won.length} orders`);
  const winner = moved.won[0];
  if (winner?.order === undefined || winner.order === null) throw new Error('no order was won');
  const month = winner.order.orderedAt.slice(0, 7);
  const attained = await finance.get(attainmentView, `/attainment?node=rep:${winner.repId}&period=${month}`);
  say.detail(
    'credit',
    `${money(winner.order.reportingAmount)} for ${winner.repId}, who has ${money(attained.achieved)} of ${attained.target ? money(attained.target) : 'no target'} in ${month}`,
  );
  const after = await finance.get(forecastView, '/forecasts?window=month');
  say.detail(
    'forecast',
    `${after.window.label}: mean ${money(before.mean)} -> ${money(after.mean)}, P10 ${after.p10.amount}, P90 ${after.p90.amount}`,
  );

  const [weekly, soFar] = await say('The weekly report runs, and the week so far', async () => {
    await cloud.runSchedule('meilenstein-dev-nightly-snapshot', new Date().toISOString());
    const monday = await mondayRun(cloud);
    return [monday, await finance.send(runView, 'POST', '/reports/week-so-far/runs', { body: {} })] as const;
  });
  await cloud.quiet();
  for (const run of [weekly, soFar]) {
    const { leads: known, 'leads touchpoints': touchpoints, revenue = 0 } = run.manifest.files[0]?.controlTotals ?? {};
    say.detail(
      run.reportId,
      `${run.period} version ${run.version}: leads ${known}, touchpoints ${touchpoints}, revenue ${(revenue / 100).toFixed(2)} ${run.manifest.currency}`,
    );
  }
  return { sources, weekly, soFar, wonBy: winner.repId };
};

/** What only the tables themselves can prove: reports against raw history, views against a refold of it. */
const checkHistory = async (cloud: Cloud, runs: readonly RunView[]): Promise<readonly Check[]> => {
  const differences = await refoldDifferences(cloud);
  const ofLeads = historyOf(await itemsOf(cloud, 'leads')).filter((event) => event.name.startsWith('Lead'));
  return [
    ...runs.flatMap((run) => funnelSums(cloud, run, ofLeads)).map((sum) => equal(sum.promise, sum.expected, sum.found)),
    ...differences.map(({ view, compared, different }) => equal(`${view}: ${compared} items equal their refold`, [], different)),
  ];
};

const check = async (cloud: Cloud, { sources, weekly, soFar }: Memory): Promise<readonly Check[]> => {
  const now = new Date();
  const days = [now, new Date(now.getTime() - 86_400_000)].map((one) => one.toISOString().slice(0, 10));
  const years = [now.getUTCFullYear() - 1, now.getUTCFullYear(), now.getUTCFullYear() + 1];
  const runs = [weekly, soFar];
  return [
    ...(await checkInvariants(cloud, { sources: sources.map((one): Source => one), days, years, runs })),
    ...(await checkHistory(cloud, runs)),
  ];
};

const subjects = (wonBy: string): Readonly<Record<Role, string>> => ({
  rep: `login-${wonBy}`,
  manager: `login-manager-${wonBy.split('-')[1] ?? ''}`,
  marketing: 'login-marketing',
  operations: 'login-operations',
  finance: 'login-finance',
  admin: 'login-admin',
  integration: 'login-integration',
});

const tellTheWay = async (cloud: Cloud, { sources, weekly, soFar, wonBy }: Memory, folder: string): Promise<void> => {
  mkdirSync(join(folder, 'tokens'), { recursive: true });
  const here = (path: string): string => relative(process.cwd(), path) || '.';
  const tokenFile = (role: Role): string => here(join(folder, 'tokens', role));
  const names = subjects(wonBy);
  const finance = await visitor(cloud, 'finance', names.finance);
  const runs = await Promise.all([weekly, soFar].map(async (run) => (await newestRun(finance, run.reportId)) ?? run));
  console.log('\nTokens, valid for 12 hours');
  for (const role of roles) {
    const { token } = await visitor(cloud, role, names[role], sources.map((one) => one.sourceId)); // prettier-ignore
    writeFileSync(join(folder, 'tokens', role), token);
    console.log(`\n  ${role} (${names[role]}), also in ${tokenFile(role)}\n  ${token}`);
  }
  const curl = (role: Role, path: string): string =>
    `  curl -s -H "authorization: Bearer $(cat ${tokenFile(role)})" "${cloud.apiUrl}${path}"`;
  console.log(`\nThree to try`);
  console.log(curl('rep', '/opportunities?status=won'));
  console.log(curl('manager', `/attainment?node=rep:${wonBy}&period=${new Date().toISOString().slice(0, 7)}`));
  console.log(curl('finance', '/forecasts?window=quarter'));
  console.log('');
  table([
    ['API', cloud.apiUrl],
    ['Contract', 'docs/api/openapi.json'],
    ...runs.map((run) => [run.reportId, here(join(cloud.bucketFolder(reportBucket), run.manifest.files[0]?.key ?? ''))] as const),
    ['SQS', cloud.endpoints['AWS_ENDPOINT_URL_SQS'] ?? ''],
    ['Logs', here(cloud.logsFolder)],
  ]);
};

const endWith = (line: string): never => {
  console.error(`\n${line}`);
  process.exit(1);
};

/** The port of the API: `--port`, or the usual one. Nothing may be touched before it is known to be free. */
const freePort = async (): Promise<number> => {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { port: { type: 'string' } } });
  const port = Number(values.port ?? usualPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return endWith(`--port ${values.port} is no port: choose one of 1 to 65535.`);
  if (await isTaken(port))
    return endWith(
      `Port ${port} is taken: stop the program that listens there, or choose another port with npm start -- --port ${port + 1}`,
    );
  return port;
};

const start = async (): Promise<void> => {
  const apiPort = await freePort();
  // A company of its own for each port: two may run at once, and never on the same files.
  const folder = join(root, '.local', apiPort === usualPort ? 'company' : `company-${apiPort}`);
  const file = join(folder, 'company.json');
  const known = existsSync(file) ? memory.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  // Without its notes a company was loaded in part only: it is begun anew.
  if (known?.success !== true) rmSync(folder, { recursive: true, force: true });
  const say = steps();
  const assembly = await say('Templates are synthesized', async () => cachedAssembly());
  const cloud = await say('The cloud boots from the templates', () => bootCloud({ assembly, dataFolder: folder, apiPort }));
  const stop = async (): Promise<void> => {
    console.log('\nStopping; the data stays for the next start.');
    await cloud.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  // start.mjs is gone without a word: then nobody could stop this any more.
  process.once('disconnect', () => void stop());
  const company = known?.success === true ? known.data : await play(cloud);
  if (known?.success === true) say.detail('company', `as the last start left it; remove ${relative(root, folder)} to begin anew`);
  writeFileSync(file, JSON.stringify(company));
  await tellTheWay(cloud, company, folder);
  console.log('\nStop with Ctrl-C.');
};

const demo = async (): Promise<number> => {
  const folder = join(root, '.local', 'demo');
  rmSync(folder, { recursive: true, force: true });
  const say = steps();
  const assembly = await say('Templates are synthesized', async () => cachedAssembly());
  const cloud = await say('The cloud boots from the templates', () => bootCloud({ assembly, dataFolder: folder, inMemory: true }));
  try {
    const company = await play(cloud);
    const checks = await say('What must be true is checked', () => check(cloud, company));
    for (const { promise, holds, found } of checks) console.log(`  ${holds ? 'holds ' : 'BROKEN'} ${promise}${holds ? '' : `: ${found}`}`);
    const broken = checks.filter((one) => !one.holds).length;
    console.log(broken === 0 ? `\nAll ${checks.length} promises hold.` : `\n${broken} of ${checks.length} promises are broken: see above.`);
    return broken === 0 ? 0 : 1;
  } finally {
    await cloud.stop();
  }
};

// Whoever read what we say may be gone before us.
process.stdout.on('error', () => undefined);
if (process.argv[2] === 'demo') {
  process.once('disconnect', () => process.exit(1));
  process.exit(await demo());
}
await start();
