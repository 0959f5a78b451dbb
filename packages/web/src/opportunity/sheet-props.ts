import type { Answer } from '../api/routes.ts';

export type Opportunity = Answer<'GET /opportunities/{opportunityId}'>;
export type Milestone = Opportunity['milestones'][number];
export type Response = Opportunity['responses'][number];

/** What every sheet of an opportunity needs: the opportunity as it was read, and what it is called on the screen. */
export type SheetProps = {
  readonly opportunity: Opportunity;
  readonly version: string;
  readonly title: string;
  readonly onClose: () => void;
};
