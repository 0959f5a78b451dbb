import { commands } from './de/commands.ts';
import { failures } from './de/failures.ts';
import { forecast } from './de/forecast.ts';
import { lead } from './de/lead.ts';
import { leads } from './de/leads.ts';
import { nodes } from './de/nodes.ts';
import { opportunities } from './de/opportunities.ts';
import { opportunity } from './de/opportunity.ts';
import { record } from './de/record.ts';
import { shell } from './de/shell.ts';

/** German is the source: English has the same shape, and a missing text does not compile. */
export const de = { shell, commands, failures, forecast, lead, leads, nodes, opportunities, opportunity, record };
export type Texts = typeof de;
