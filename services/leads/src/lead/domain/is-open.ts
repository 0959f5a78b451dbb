import type { CapturedLead, Lead } from './lead.ts';

const openStatuses: readonly Lead['status'][] = ['new', 'working', 'mql', 'sql'];

/** Whether sales still has to work on it. */
export const isOpen = (lead: Lead): lead is CapturedLead => openStatuses.includes(lead.status);
