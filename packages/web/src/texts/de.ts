import type { DocumentTexts } from './documents-de.ts';
import { accounts } from './de/accounts.ts';
import { commands } from './de/commands.ts';
import { customer } from './de/customer.ts';
import { failures } from './de/failures.ts';
import { forecast } from './de/forecast.ts';
import { lead } from './de/lead.ts';
import { leads } from './de/leads.ts';
import { leaks } from './de/leaks.ts';
import { nodes } from './de/nodes.ts';
import { opportunities } from './de/opportunities.ts';
import { opportunity } from './de/opportunity.ts';
import { record } from './de/record.ts';
import { reports } from './de/reports.ts';
import { shell } from './de/shell.ts';
import { targets } from './de/targets.ts';
import { team } from './de/team.ts';
import { views } from './de/views.ts';
import { today } from './de/today.ts';

/**
 * German is the source: English has the same shape, and a missing text does not compile. These texts are loaded before anything is shown;
 * those of the screens that edit documents are in documents-de.ts.
 */
export const de = {
  shell,
  accounts,
  commands,
  customer,
  failures,
  forecast,
  lead,
  leads,
  leaks,
  nodes,
  opportunities,
  opportunity,
  record,
  reports,
  targets,
  team,
  today,
  views,
};
export type FirstTexts = typeof de;
export type Texts = FirstTexts & DocumentTexts;
