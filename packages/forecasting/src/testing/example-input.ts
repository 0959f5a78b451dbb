// Forecast input made from a few events, for the tests of the engine.
import { additionsOf, type CounterAddition } from '../counts/counters.ts';
import type { Counter, ForecastInput } from '../input/forecast-input.ts';
import { historyFromEvents, type FlowEvent } from '../counts/flow-events.ts';
import { openStateOn, type DayNumber, type OpportunityHistory } from '../input/history.ts';

export const milestones = ['need', 'offer', 'trial'] as const;
const rank = new Map<string, number>(milestones.map((id, at) => [id, at]));

/** The histories of events in a process with the milestones need, offer, trial. */
export const historiesFromEvents = (events: readonly FlowEvent[]): readonly OpportunityHistory[] =>
  [...Map.groupBy(events, (event) => event.opportunityId)].map(([id, own]) => historyFromEvents(id, own, rank));

const nameOf = ({ key }: CounterAddition): string => JSON.stringify(key);

/** Additions summed by counter. Zeros are left out, and so are counters without other numbers. */
export const countersOf = (additions: readonly CounterAddition[], signs: readonly (1 | -1)[] = []): readonly Counter[] => {
  const counters = new Map<string, { readonly key: Counter['key']; readonly counts: Record<string, number> }>();
  additions.forEach((addition, index) => {
    const counts: Record<string, number> = counters.get(nameOf(addition))?.counts ?? {};
    for (const [name, count] of Object.entries(addition.by)) counts[name] = (counts[name] ?? 0) + (signs[index] ?? 1) * count;
    counters.set(nameOf(addition), { key: addition.key, counts });
  });
  return [...counters.values()]
    .map(({ key, counts }) => ({ key, counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) }))
    .filter(({ counts }) => Object.keys(counts).length > 0);
};

/** The input as of the end of the day before `today`. */
export const inputFromEvents = (events: readonly FlowEvent[], today: DayNumber): ForecastInput => {
  const histories = historiesFromEvents(events.filter((event) => event.day < today));
  return {
    processes: [{ processId: '', milestones: milestones.map((milestone) => ({ milestone, conversion: null, medianDays: null })) }],
    counters: countersOf(histories.flatMap(additionsOf)),
    open: histories.filter((history) => openStateOn(history, today) !== undefined),
    earlierForecasts: [],
  };
};
