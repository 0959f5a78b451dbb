import { lambda } from '@meilenstein/runtime';
import { liveLeads } from '../live-leads.ts';
import { learnFromOutcomes } from '../scoring/events/learn-from-outcomes.ts';

export const handler = lambda(() => learnFromOutcomes(liveLeads()));
