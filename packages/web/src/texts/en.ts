import type { FirstTexts } from './de.ts';
import { commands } from './en/commands.ts';
import { failures } from './en/failures.ts';
import { forecast } from './en/forecast.ts';
import { imports } from './en/imports.ts';
import { lead } from './en/lead.ts';
import { leads } from './en/leads.ts';
import { leaks } from './en/leaks.ts';
import { nodes } from './en/nodes.ts';
import { opportunities } from './en/opportunities.ts';
import { opportunity } from './en/opportunity.ts';
import { record } from './en/record.ts';
import { reports } from './en/reports.ts';
import { setup } from './en/setup.ts';
import { shell } from './en/shell.ts';
import { source } from './en/source.ts';
import { sources } from './en/sources.ts';
import { targets } from './en/targets.ts';
import { team } from './en/team.ts';
import { views } from './en/views.ts';
import { today } from './en/today.ts';

export const en: FirstTexts = {
  shell,
  commands,
  failures,
  forecast,
  imports,
  lead,
  leads,
  leaks,
  nodes,
  opportunities,
  opportunity,
  record,
  reports,
  setup,
  source,
  sources,
  targets,
  team,
  today,
  views,
};
