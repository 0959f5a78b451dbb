import { lambda } from '@meilenstein/runtime';
import { liveQuota } from '../live-quota.ts';
import { quotaApi } from '../organisation/http/quota-api.ts';

export const handler = lambda(() => quotaApi(liveQuota()));
