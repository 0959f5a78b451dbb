// Boots a local system in a folder, uploads a file of so many leads, and says the id of the import once a part of it is taken.
import { importStatus } from '@meilenstein/contracts';
import { toInstant } from '@meilenstein/kernel';
import { bootCloud } from '@meilenstein/local';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import { history } from '@meilenstein/demo/company/history';
import { upload } from '@meilenstein/demo/steps/import-rows';
import { setUpCompany } from '@meilenstein/demo/steps/load-company';
import { seeded } from '@meilenstein/demo/company/random';
import { apiClient } from '@meilenstein/demo/client/api-client';

const [, , dataFolder = '', rows = ''] = process.argv;
const cloud = await bootCloud({ assembly: cachedAssembly('processes'), dataFolder, functions: 'processes' });
const operations = await apiClient(cloud, 'operations', 'login-operations');
const now = toInstant(Date.now());
await setUpCompany(cloud, operations, now);
await cloud.quiet();
const { leads } = history(seeded(1), now, { leads: Number(rows), opportunities: 1 });
const id = await upload(cloud, operations, { kind: 'leads', rows: leads });
const status = () => operations.get(importStatus, `/leads/imports/${id}`);
let found = await status();
while (found.rows === 0) found = await status();
if (found.status === 'finished') throw new Error('the import was too fast to be killed');
console.log(id);
