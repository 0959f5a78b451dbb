import { runView, type RunView } from '@meilenstein/contracts';
import * as z from 'zod';
import type { ApiClient } from '../client/api-client.ts';

/** The run that a reader should open: the newest version of the newest period. */
export const newestRun = async (finance: ApiClient, reportId: string): Promise<RunView | undefined> =>
  (await finance.get(z.object({ items: z.array(runView) }), `/reports/${reportId}/runs?limit=1`)).items[0];
