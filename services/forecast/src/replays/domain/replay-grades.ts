import type { ForecastWindow } from '@meilenstein/contracts';
import { addDays, type Day } from '@meilenstein/kernel';
import { companyDays, dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import { replayDays } from '@meilenstein/forecasting/replay/replay-past';
import { total } from '@meilenstein/forecasting/input/nodes';
import type { NodeForecast } from '@meilenstein/forecasting/result';
import type { Node } from '@meilenstein/forecasting/input/node';
import { engineWindow, evidenceOf, nothing, sightOf, type FactsRead } from '../../forecasts/domain/forecast-book.ts';
import { nodesOn, startMonthOf, teamsOf, windowKinds, windowOn, type Moment } from '../../forecasts/domain/moment.ts';
import { nodeText, toEngine, type TeamBelow } from '../../forecasts/domain/node-names.ts';
import { outcomeLedger, type OutcomeLedger } from '../../pipeline-view/domain/outcome-ledger.ts';
import { firstDayOfFacts } from './past-to-replay.ts';
import { horizonOf, type Graded } from '../../snapshots/domain/publish-snapshot.ts';
import { endedWindows, rivalsOf, type RivalSight } from '../../grades/domain/rivals.ts';
import { standingOn } from '../../pipeline-view/domain/standing.ts';

/** Ended windows of each kind that are replayed: a year of weeks, and as many months as forecasts read. */
const mostWindows = { week: 52, month: 36, quarter: 12 } as const;

type PlannedDay = { readonly today: DayNumber; readonly windows: readonly ForecastWindow[] };

/** The days on which a window is forecast again: those that are graded, its first one, the middle and a week before the end. */
const daysOf = (window: ForecastWindow): readonly DayNumber[] => {
  const [from, until] = [dayNumber(window.from), dayNumber(window.until)];
  const days = Array.from({ length: until - from }, (_, n) => addDays(window.from, n));
  return days.filter((day) => horizonOf(window, day) !== 'other').map(dayNumber);
};

/** All days of a replay, in order: of every window that ended within the recorded history, from its first day on. */
const daysToReplay = (moment: Moment, first: Day | undefined): readonly PlannedDay[] => {
  const planned = windowKinds.flatMap((kind) =>
    endedWindows(moment.calendar, windowOn(moment, kind, moment.today), first, mostWindows[kind]).flatMap((window) =>
      daysOf(window).map((today) => ({ today, window })),
    ),
  );
  return [...Map.groupBy(planned, ({ today }) => today)]
    .toSorted(([a], [b]) => a - b)
    .map(([today, some]) => ({ today, windows: some.map(({ window }) => window) }));
};

/** What a replay reads: all that a forecast stands on, where `open` holds what ended too, and what the rivals know. */
export type ReplayRead = { readonly facts: FactsRead } & Pick<RivalSight, 'configured' | 'guesses'>;

type Replay = {
  readonly moment: Moment;
  readonly teams: readonly TeamBelow[];
  readonly ledger: OutcomeLedger;
  readonly rivalsKnow: Omit<RivalSight, 'on' | 'open'>;
};

const replayOf = (moment: Moment, { facts, configured, guesses }: ReplayRead): Replay => {
  const teams = teamsOf(moment.company);
  const ledger = outcomeLedger(facts.cells, teams);
  const firstDay = firstDayOfFacts(facts.cells);
  const { dayOf } = sightOf(moment, companyDays(moment.settings.zone));
  return { moment, teams, ledger, rivalsKnow: { calendar: moment.calendar, ledger, firstDay, configured, guesses, dayOf, teams } };
};

type Made = { readonly today: DayNumber; readonly byNode: ReadonlyMap<string, NodeForecast> };

const textOf = (node: Node, kind: string): string => `${kind}#${nodeText(node)}`;

/** Grades what was said of a window on one day, of every node: what came is known, what the rivals knew is `sight`. */
const gradeWindow = ({ moment, ledger }: Replay, window: ForecastWindow, { today, byNode }: Made, sight: RivalSight): readonly Graded[] => {
  const { kind, from, until } = engineWindow(window);
  const day = dayOfNumber(today);
  const rivals = rivalsOf(sight, window);
  const named = [...byNode.values()].filter((one) => one.window.kind === kind).map((one) => one.node);
  return nodesOn(moment, day, named).map((node): Graded => {
    const { mean, p10, p50, p90, booked, enoughFacts } = byNode.get(textOf(toEngine(node), kind)) ?? nothing(node, window);
    const outcome = ledger.of(toEngine(node), from, until);
    return {
      day,
      node,
      window,
      horizon: horizonOf(window, day),
      currency: moment.settings.currency,
      actual: outcome.minor,
      mean,
      p10,
      p50,
      p90,
      enoughFacts,
      rivals: rivals(toEngine(node), booked),
      judgement: null,
      spread: Math.round(Math.sqrt(outcome.squares)),
    };
  });
};

/**
 * How good the forecasts of ended windows would have been, day by day: each from what was recorded before its day, beside rivals that know
 * no more. A window is graded when the company had facts enough on that day: what is said before, nobody is told to plan on.
 */
export function* replayGrades(moment: Moment, read: ReplayRead): Generator<readonly Graded[]> {
  const { open: histories, processes } = evidenceOf(moment, read.facts);
  const replay = replayOf(moment, read);
  const planned = new Map(daysToReplay(moment, replay.rivalsKnow.firstDay).map(({ today, windows }) => [today, windows]));
  const days = [...planned].map(([today, windows]) => ({ today, windows: windows.map(engineWindow) }));
  const about = { startMonth: startMonthOf(moment.calendar), processes, teams: replay.teams };
  for (const { today, made } of replayDays(histories, about, days)) {
    const byNode = new Map(made.map((one) => [textOf(one.node, one.window.kind), one]));
    const sight = { ...replay.rivalsKnow, on: today - 1, open: standingOn(histories, today - 1) };
    yield (planned.get(today) ?? [])
      .filter(({ kind }) => byNode.get(textOf(total, kind))?.enoughFacts === true)
      .flatMap((window) => gradeWindow(replay, window, { today, byNode }, sight));
  }
}
