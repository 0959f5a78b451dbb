import type { ForecastWindow } from '@meilenstein/contracts';
import { addDays, dayOf, type Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import { companyDays, dayNumber } from '../../pipeline-view/domain/company-days.ts';
import { isBehind } from '../../replays/domain/history-replay.ts';
import { judgedBy, judgementId } from '../../judgements/domain/judgement.ts';
import { momentOf, teamsOf, windowKinds, windowOn, type Moment } from '../../forecasts/domain/moment.ts';
import { toEngine } from '../../forecasts/domain/node-names.ts';
import { outcomeLedger, type OutcomeLedger } from '../../pipeline-view/domain/outcome-ledger.ts';
import { firstDayOfFacts } from '../../replays/domain/past-to-replay.ts';
import { gradeSnapshot, snapshotId, type Published } from '../../snapshots/domain/publish-snapshot.ts';
import type { ForecastStores } from '../../stores.ts';

/** A window that ended is looked at on the days after, in case a night was missed; what is graded stays as it is. */
const daysToGrade = 7;
const together = 500;

const endedWindows = (moment: Moment): readonly ForecastWindow[] =>
  windowKinds.flatMap((kind) => {
    const before = windowOn(moment, kind, addDays(windowOn(moment, kind, moment.today).from, -1));
    return addDays(before.until, daysToGrade) > moment.today ? [before] : [];
  });

/** Grades every forecast of a window that ended, from the facts recorded by now. */
const gradeWindow = async (deps: ForecastStores, moment: Moment, { window, ledger }: { window: ForecastWindow; ledger: OutcomeLedger }) => {
  const made = (await deps.snapshots.ofWindow(window)).flatMap(({ state }) =>
    state === null || state.graded !== null ? [] : [state.published],
  );
  const byNode = Map.groupBy(made, ({ node }) => judgementId(node, window));
  const day = (at: Instant) => dayOf(at, moment.settings.zone);
  const entries: { id: string; published: Published; judgement: number | null }[] = [];
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
            outcome: ledger.of(toEngine(published.node), dayNumber(window.from), dayNumber(window.until)),
            judgement,
          }),
      })),
      'live',
    );
};

/** Once a window has ended, says of every forecast of it how good it was. */
export const gradeForecasts = (deps: ForecastStores) =>
  onSchedule('grade-forecasts', async (at) => {
    const moment = momentOf(await deps.company.read(), at);
    if (moment === undefined) return;
    const windows = endedWindows(moment);
    if (windows.length === 0) return;
    const { settings, company } = moment;
    const cells = await deps.evidence.cells(at, settings.currency, companyDays(settings.zone));
    const ledger = outcomeLedger(cells, teamsOf(company));
    for (const window of windows) await gradeWindow(deps, moment, { window, ledger });
    // history that was imported is graded too, by a function that has the time
    if (isBehind(await deps.replays.state(), firstDayOfFacts(cells))) await deps.replays.ask(at);
  });
