import type { ReportedEnvelope } from '@meilenstein/contracts';
import { ownerOf, timesOf } from './lead-stages.ts';
import type { ReportFact } from './report-fact.ts';

/** The fact of an opportunity, with its later events. */
export const opportunityFacts = (events: readonly ReportedEnvelope[]): readonly ReportFact[] => {
  const opened = events.find((event) => event.name === 'OpportunityOpened');
  if (opened === undefined) return [];
  const [won, cancelled] = [
    events.find((event) => event.name === 'OpportunityWon'),
    events.find((event) => event.name === 'OrderCancelled'),
  ];
  const laterEvents = { won: won === undefined ? null : timesOf(won), cancelled: cancelled === undefined ? null : timesOf(cancelled) };
  return [{ kind: 'opportunity', ...timesOf(opened), owner: ownerOf(opened.data), sourceId: opened.data.sourceId, ...laterEvents }];
};
