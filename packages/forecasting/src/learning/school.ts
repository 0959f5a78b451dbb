import type { Asked, PastForecast } from '../input/evidence.ts';
import { withActuals } from './graded-past.ts';
import type { DayNumber } from '../input/history.ts';
import type { Lesson } from './lessons.ts';
import type { NodeForecast } from '../result.ts';
import type { Situation } from '../input/situation.ts';

/** How long an ended window is learnt from. */
const keptDays = 3 * 365;

/** Grades what has ended while days pass: forecasts wait, window kind by window kind, until their window is over. */
export const schoolOf = (teams: Asked['teams'] = []) => {
  const waiting = new Map<string, PastForecast[]>();
  const lessons: Lesson[] = [];
  return {
    /** Takes forecasts made from a day on; returns what is kept of them. */
    remember: (origin: DayNumber, forecasts: readonly NodeForecast[]): readonly PastForecast[] => {
      const made = forecasts.map(({ window, node, track }) => ({ window, origin, node, track }));
      for (const one of made) {
        const queue = waiting.get(one.window.kind) ?? [];
        waiting.set(one.window.kind, queue);
        queue.push(one);
      }
      return made;
    },
    /** All lessons that are known and still count at the beginning of a day. */
    learn: (situation: Pick<Situation, 'orders' | 'places' | 'today'>): readonly Lesson[] => {
      for (const queue of waiting.values()) {
        const open = queue.findIndex(({ window }) => window.until > situation.today);
        lessons.push(...withActuals(situation, queue.splice(0, open < 0 ? queue.length : open), teams));
      }
      const firstKept = lessons.findIndex(({ window }) => window.until >= situation.today - keptDays);
      lessons.splice(0, Math.max(0, firstKept));
      return lessons;
    },
  };
};
