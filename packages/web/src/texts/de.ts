import { commands } from './de/commands.ts';
import { documents } from './de/documents.ts';
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
import { rules } from './de/rules.ts';
import { setup } from './de/setup.ts';
import { shell } from './de/shell.ts';
import { source } from './de/source.ts';
import { sources } from './de/sources.ts';
import { targets } from './de/targets.ts';
import { team } from './de/team.ts';
import { today } from './de/today.ts';

/** German is the source: English has the same shape, and a missing text does not compile. */
export const de = {
  shell,
  commands,
  documents,
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
  rules,
  setup,
  source,
  sources,
  targets,
  team,
  today,
};
export type Texts = typeof de;
