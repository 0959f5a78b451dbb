import type { FirstTexts } from './de.ts';
import { accounts } from './en/accounts.ts';
import { commands } from './en/commands.ts';
import { customer } from './en/customer.ts';
import { failures } from './en/failures.ts';
import { forecast } from './en/forecast.ts';
import { lead } from './en/lead.ts';
import { leads } from './en/leads.ts';
import { leaks } from './en/leaks.ts';
import { nodes } from './en/nodes.ts';
import { opportunities } from './en/opportunities.ts';
import { opportunity } from './en/opportunity.ts';
import { record } from './en/record.ts';
import { reports } from './en/reports.ts';
import { shell } from './en/shell.ts';
import { targets } from './en/targets.ts';
import { team } from './en/team.ts';
import { views } from './en/views.ts';
import { today } from './en/today.ts';

export const en: FirstTexts = {
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
