import type { Answer } from '../api/routes.ts';

export type LeadLine = Answer<'GET /today/leads'>['lines'][number];
export type OpportunityLine = Answer<'GET /today/opportunities'>['lines'][number];

export const leadSections = ['overdue', 'due', 'queue'] as const;
export const opportunitySections = ['silent', 'likely', 'fresh'] as const;

/** The section of a line; within it the server's order stays. */
export const leadSectionOf = ({ reason }: LeadLine): (typeof leadSections)[number] => {
  if (reason.code === 'waiting-in-queue') return 'queue';
  return reason.code === 'answer-missed' || reason.code === 'escalated' ? 'overdue' : 'due';
};

export const opportunitySectionOf = ({ reason }: OpportunityLine): (typeof opportunitySections)[number] =>
  ({ 'customer-silent': 'silent', 'next-milestone-likely': 'likely', 'no-milestone-yet': 'fresh' } as const)[reason.code];
