import type { ForecastWindow } from '@meilenstein/contracts';
import { addDays, startMonthOf, type Day } from '@meilenstein/kernel';
import { companyDays, dayNumber, dayOfNumber } from '../../pipeline-view/domain/company-days.ts';
import type { DayNumber } from '@meilenstein/forecasting/input/history';
import { replayDays } from '@meilenstein/forecasting/replay/replay-days';
import { total } from '@meilenstein/forecasting/input/nodes';
import type { NodeForecast } from '@meilenstein/forecasting/result';
import type { Node } from '@meilenstein/forecasting/input/node';
import { engineWindow, forecastInput, nothing, companyUnits, type PipelineFacts } from '../../forecasts/domain/forecast-nodes.ts';
import { nodesOn, teamsOf, windowKinds, windowOn, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { nodeText, toEngine, type TeamBelow } from '../../forecasts/domain/node-names.ts';
import { netOrdersByNode, type NetOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import { firstDayOfFacts } from './windows-to-replay.ts';
import { horizonOf, type ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';
import { endedWindows, baselinesOf, type BaselineInput } from '../../grades/domain/baselines.ts';
import { openOpportunitiesOn } from '../../pipeline-view/domain/open-opportunities.ts';

/** The number of ended windows of each kind that are replayed: a year of weeks, and as many months as forecasts read. */
const mostWindows = { week: 52, month: 36, quarter: 12 } as const;

type PlannedDay = { readonly today: DayNumber; readonly windows: readonly ForecastWindow[] };

/** The days on which a window is forecast again, namely those that are graded: the first day, the middle, and a week before the end. */
const daysOf = (window: ForecastWindow): readonly DayNumber[] => {
  const [from, until] = [dayNumber(window.from), dayNumber(window.until)];
  const days = Array.from({ length: until - from }, (_, n) => addDays(window.from, n));
  return days.filter((day) => horizonOf(window, day) !== 'other').map(dayNumber);
};

/** All days of a replay in ascending order, for every window that lies within the recorded history and has ended. */
const daysToReplay = (asOf: CompanyAsOf, first: Day | undefined): readonly PlannedDay[] => {
  const planned = windowKinds.flatMap((kind) =>
    endedWindows(asOf.calendar, windowOn(asOf, kind, asOf.today), first, mostWindows[kind]).flatMap((window) =>
      daysOf(window).map((today) => ({ today, window })),
    ),
  );
  return [...Map.groupBy(planned, ({ today }) => today)]
    .toSorted(([a], [b]) => a - b)
    .map(([today, some]) => ({ today, windows: some.map(({ window }) => window) }));
};

/** What a replay reads: the facts of a forecast, where `open` also holds ended opportunities, and the input of the baselines. */
export type ReplayRead = { readonly facts: PipelineFacts } & Pick<BaselineInput, 'configured' | 'estimates'>;

type Replay = {
  readonly asOf: CompanyAsOf;
  readonly teams: readonly TeamBelow[];
  readonly netOrders: NetOrdersByNode;
  readonly baselinesKnow: Omit<BaselineInput, 'on' | 'open'>;
};

const replayOf = (asOf: CompanyAsOf, { facts, configured, estimates }: ReplayRead): Replay => {
  const teams = teamsOf(asOf.company);
  const netOrders = netOrdersByNode(facts.counters, teams);
  const firstDay = firstDayOfFacts(facts.counters);
  const { dayOf } = companyUnits(asOf, companyDays(asOf.settings.zone));
  return { asOf, teams, netOrders, baselinesKnow: { calendar: asOf.calendar, netOrders, firstDay, configured, estimates, dayOf, teams } };
};

type Made = { readonly today: DayNumber; readonly byNode: ReadonlyMap<string, NodeForecast> };

const textOf = (node: Node, kind: string): string => `${kind}#${nodeText(node)}`;

/** Grades the forecasts of a window that were made on one day, for every node. `input` is what the baselines knew on that day. */
const gradeWindow = (
  { asOf, netOrders }: Replay,
  window: ForecastWindow,
  { today, byNode }: Made,
  input: BaselineInput,
): readonly ForecastGrade[] => {
  const { kind, from, until } = engineWindow(window);
  const day = dayOfNumber(today);
  const baselines = baselinesOf(input, window);
  const named = [...byNode.values()].filter((one) => one.window.kind === kind).map((one) => one.node);
  return nodesOn(asOf, day, named).map((node): ForecastGrade => {
    const { mean, p10, p50, p90, booked, enoughFacts } = byNode.get(textOf(toEngine(node), kind)) ?? nothing(node, window);
    const outcome = netOrders.of(toEngine(node), from, until);
    return {
      day,
      node,
      window,
      horizon: horizonOf(window, day),
      currency: asOf.settings.currency,
      actual: outcome.minor,
      mean,
      p10,
      p50,
      p90,
      enoughFacts,
      baselines: baselines(toEngine(node), booked),
      judgement: null,
      spread: Math.round(Math.sqrt(outcome.squares)),
    };
  });
};

/**
 * The grades that the forecasts of ended windows would have had, day by day. Each forecast is made from what was recorded before its day,
 * and so are the baselines. A forecast is graded only if the company had enough facts on its day.
 */
export function* replayGrades(asOf: CompanyAsOf, read: ReplayRead): Generator<readonly ForecastGrade[]> {
  const { open: histories, processes } = forecastInput(asOf, read.facts);
  const replay = replayOf(asOf, read);
  const planned = new Map(daysToReplay(asOf, replay.baselinesKnow.firstDay).map(({ today, windows }) => [today, windows]));
  const days = [...planned].map(([today, windows]) => ({ today, windows: windows.map(engineWindow) }));
  const about = { startMonth: startMonthOf(asOf.calendar), processes, teams: replay.teams };
  for (const { today, made } of replayDays(histories, about, days)) {
    const byNode = new Map(made.map((one) => [textOf(one.node, one.window.kind), one]));
    const input = { ...replay.baselinesKnow, on: today - 1, open: openOpportunitiesOn(histories, today - 1) };
    yield (planned.get(today) ?? [])
      .filter(({ kind }) => byNode.get(textOf(total, kind))?.enoughFacts === true)
      .flatMap((window) => gradeWindow(replay, window, { today, byNode }, input));
  }
}
