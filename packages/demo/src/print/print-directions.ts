import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { roles, type Role } from '@meilenstein/contracts';
import type { Cloud } from '@meilenstein/local';
import { newestRun } from '../steps/newest-run.ts';
import type { Company } from '../play-company.ts';
import { apiClient } from '../client/api-client.ts';

const reportBucket = 'meilenstein-dev-000000000000-eu-central-1-reports';

const subjects = (wonBy: string): Readonly<Record<Role, string>> => ({
  rep: `login-${wonBy}`,
  manager: `login-manager-${wonBy.split('-')[1] ?? ''}`,
  marketing: 'login-marketing',
  operations: 'login-operations',
  finance: 'login-finance',
  admin: 'login-admin',
  integration: 'login-integration',
});

const here = (path: string): string => relative(process.cwd(), path) || '.';

const printTable = (rows: readonly (readonly [string, string])[]): void => {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, text] of rows) console.log(`  ${name.padEnd(width)}  ${text}`);
};

/** Prints where the page and the API are, three calls to try, and where everything else is; writes a token for each role into `folder`. */
export const printDirections = async (cloud: Cloud, { sources, weekly, soFar, wonBy }: Company, folder: string): Promise<void> => {
  mkdirSync(join(folder, 'tokens'), { recursive: true });
  const tokenFile = (role: Role): string => here(join(folder, 'tokens', role));
  const names = subjects(wonBy);
  const sourceIds = sources.map((one) => one.sourceId);
  for (const role of roles) {
    const file = join(folder, 'tokens', role);
    writeFileSync(file, (await apiClient(cloud, role, names[role], sourceIds)).token, { mode: 0o600 });
    // A file of an earlier start keeps its mode when it is written again.
    chmodSync(file, 0o600);
  }
  const finance = await apiClient(cloud, 'finance', names.finance);
  const runs = await Promise.all([weekly, soFar].map(async (run) => (await newestRun(finance, run.reportId)) ?? run));
  const curl = (role: Role, path: string): string =>
    `  curl -s -H "authorization: Bearer $(cat ${tokenFile(role)})" "${cloud.apiUrl}${path}"`;
  console.log(`\nOpen the page: ${cloud.pageUrl}\n  There you choose as whom you look at the company; no password is needed.`);
  console.log(`\nThe API is at ${cloud.apiUrl}. Three calls to try:\n`);
  console.log(curl('rep', '/opportunities?status=won'));
  console.log(curl('manager', `/attainment?node=rep:${wonBy}&period=${new Date().toISOString().slice(0, 7)}`));
  console.log(curl('finance', '/forecasts?window=quarter'));
  console.log('');
  printTable([
    ['Contract', 'docs/api/openapi.json'],
    ['Tokens', `${here(join(folder, 'tokens'))}/{${roles.join(',')}}, valid for 12 hours`],
    ...runs.map((run) => [run.reportId, here(join(cloud.bucketFolder(reportBucket), run.manifest.files[0]?.key ?? ''))] as const),
    ['SQS', cloud.endpoints['AWS_ENDPOINT_URL_SQS'] ?? ''],
    ['Logs', here(cloud.logsFolder)],
  ]);
};
