import { lambda } from '@meilenstein/runtime';
import { checkBooks } from '../capture/events/check-books.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => checkBooks(liveLeads()));
