import { lambda } from '@meilenstein/runtime';
import { consentsApi } from '../consent/http/consents-api.ts';
import { liveLeads } from '../live-leads.ts';

export const handler = lambda(() => consentsApi(liveLeads()));
