import type { ForecastWindow } from '@meilenstein/contracts';
import { addDays, dayOf, type Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import { companyDays, dayNumber } from '../../pipeline-view/domain/company-days.ts';
import { hasUnseenHistory } from '../../replays/domain/history-replay.ts';
import { judgedBy, judgementId } from '../../judgements/domain/judgement.ts';
import { companyAsOf, teamsOf, windowKinds, windowOn, type CompanyAsOf } from '../../forecasts/domain/company-as-of.ts';
import { toEngine } from '../../forecasts/domain/node-names.ts';
import { netOrdersByNode, type NetOrdersByNode } from '../../pipeline-view/domain/net-orders.ts';
import { firstDayOfFacts } from '../../replays/domain/windows-to-replay.ts';
import { gradeSnapshot, snapshotId, type PublishedForecast } from '../../snapshots/domain/publish-snapshot.ts';
import type { ForecastStores } from '../../stores.ts';

/** For this many days after its end a window is checked for forecasts to grade, in case a night was missed. Existing grades do not change. */
const daysToGrade = 7;
const together = 500;

const endedWindows = (asOf: CompanyAsOf): readonly ForecastWindow[] =>
  windowKinds.flatMap((kind) => {
    const before = windowOn(asOf, kind, addDays(windowOn(asOf, kind, asOf.today).from, -1));
    return addDays(before.until, daysToGrade) > asOf.today ? [before] : [];
  });

/** Grades every forecast of an ended window from the facts recorded so far. */
const gradeWindow = async (
  deps: ForecastStores,
  asOf: CompanyAsOf,
  { window, netOrders }: { window: ForecastWindow; netOrders: NetOrdersByNode },
) => {
  const made = (await deps.snapshots.ofWindow(window)).flatMap(({ state }) =>
    state === null || state.graded !== null ? [] : [state.published],
  );
  const byNode = Map.groupBy(made, ({ node }) => judgementId(node, window));
  const day = (at: Instant) => dayOf(at, asOf.settings.zone);
  const entries: { id: string; published: PublishedForecast; judgement: number | null }[] = [];
  for (const [id, some] of byNode) {
    const judgement = (await deps.judgements.find(id))?.state ?? null;
    for (const published of some)
      entries.push({
        id: snapshotId(published.day, published.node, window.kind),
        published,
        judgement: judgedBy(judgement, published.day, day),
      });
  }
  for (let first = 0; first < entries.length; first += together)
    await deps.snapshots.changeMany(
      entries.slice(first, first + together).map(({ id, published, judgement }) => ({
        id,
        decide: (snapshot: Parameters<typeof gradeSnapshot>[0]) =>
          gradeSnapshot(snapshot, {
            outcome: netOrders.of(toEngine(published.node), dayNumber(window.from), dayNumber(window.until)),
            judgement,
          }),
      })),
      'live',
    );
};

/** Grades the forecasts of windows that have ended. */
export const gradeForecasts = (deps: ForecastStores) =>
  onSchedule('grade-forecasts', async (at) => {
    const asOf = companyAsOf(await deps.company.read(), at);
    if (asOf === undefined) return;
    const windows = endedWindows(asOf);
    if (windows.length === 0) return;
    const { settings, company } = asOf;
    const counters = await deps.facts.counters(at, settings.currency, companyDays(settings.zone));
    const netOrders = netOrdersByNode(counters, teamsOf(company));
    for (const window of windows) await gradeWindow(deps, asOf, { window, netOrders });
    // imported history is graded by a function of its own, which may take longer
    if (hasUnseenHistory(await deps.replays.state(), firstDayOfFacts(counters))) await deps.replays.request(at);
  });
