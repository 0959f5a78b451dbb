// Boots a local cloud in a folder and plays a small demo company in it, from where its notes say that it stopped; then says how much there is.
import { join } from 'node:path';
import { leadView, opportunityView } from '@meilenstein/contracts';
import { cachedAssembly } from '@meilenstein/demo/assembly';
import { reconciliationBalances } from '@meilenstein/demo/run/invariants';
import { openNotes } from '@meilenstein/demo/run/notes';
import { playCompany } from '@meilenstein/demo/play-company';
import type { Narrator } from '@meilenstein/demo/print/narrator';
import { everyPage, apiClient } from '@meilenstein/demo/client/api-client';
import { bootCloud } from '@meilenstein/local';

const [, , dataFolder = ''] = process.argv;
const cloud = await bootCloud({ assembly: cachedAssembly(), dataFolder });
/** Says each bit of progress, so that a test can choose where to end this program. */
const narrator: Narrator = {
  step: (what, work) => {
    console.log(`— ${what}`);
    return work(({ done, unit }) => console.log(`${done} ${unit}`));
  },
  detail: () => undefined,
};
const notes = openNotes(join(dataFolder, 'company.json'));
const company = await playCompany({ cloud, notes, narrator, size: { leads: 12, opportunities: 8 } });
const operations = await apiClient(cloud, 'operations', 'login-operations');
const leads = await everyPage(operations, leadView, '/leads');
const opportunities = await everyPage(operations, opportunityView, '/opportunities');
const today = new Date().toISOString().slice(0, 10);
const [reconciliations] = await reconciliationBalances(cloud, company.sources, [today]);
const { leads: weekLeads, 'leads touchpoints': touchpoints } = company.soFar.manifest.files[0]?.controlTotals ?? {};
const counts = {
  leads: leads.length,
  ofTheMorning: leads.filter((lead) => company.sources.some((source) => source.sourceId === lead.sourceId)).length,
  disqualified: leads.filter((lead) => lead.status === 'disqualified').length,
  opportunities: opportunities.length,
  orders: opportunities.filter(
    (one) => one.order !== null && one.order.orderedAt.slice(0, 10) >= company.soFar.manifest.period.from.slice(0, 10),
  ).length,
  milestones: opportunities.reduce((sum, one) => sum + one.milestones.length, 0),
  reconciliations: reconciliations?.found,
  weekLeads,
  touchpoints,
  versions: [company.weekly.version, company.soFar.version],
};
await cloud.stop();
console.log(`COUNTS ${JSON.stringify(counts)}`);
process.exit(0);
