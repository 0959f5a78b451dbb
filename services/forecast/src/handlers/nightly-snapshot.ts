import { addMillis, boundsOf, dayOf, earlierOf, type Instant } from '@meilenstein/kernel';
import type { Company } from '@meilenstein/contracts';
import { lambda, live, onSchedule } from '@meilenstein/runtime';
import { forecastOf } from '../domain/forecast.ts';
import { publishSnapshot, snapshotId } from '../domain/publish-snapshot.ts';
import { nodesOn, questionAt, settingsOf, type Settings, type WindowKind } from '../domain/question.ts';
import { forecastStores, type ForecastStores } from '../store/forecast-stores.ts';

const kinds: readonly WindowKind[] = ['month', 'quarter'];

/** One entry for each node: its forecast for the window of that kind, from facts that were read once. */
const entriesOf = async (deps: ForecastStores, company: Company, settings: Settings, at: Instant) => {
  const today = dayOf(at, settings.zone);
  const [history, open] = await Promise.all([deps.facts.history(settings, at), deps.facts.open(company, today, {})]);
  const ofKind = async (kind: WindowKind) => {
    const whole = questionAt(company, settings, { level: 'company', key: 'company' }, { kind, at });
    const { from, until } = boundsOf(whole.window, settings.zone);
    const booked = await deps.facts.booked(company, settings, { from, until: earlierOf(addMillis(at, 1), until) }, {});
    return nodesOn(company, today).map((node) => {
      const question = questionAt(company, settings, node, { kind, at });
      const figures = forecastOf({ ...history, open, booked }, question);
      return { id: snapshotId(today, node, kind), made: { question, figures, asOf: at, currency: settings.currency } };
    });
  };
  return (await Promise.all(kinds.map(ofKind))).flat();
};

/** Publishes the forecast of every node for the month and the quarter; the day is that of the scheduled time, so a retry is the same. */
export const nightlySnapshot = (deps: ForecastStores) =>
  onSchedule(async (at) => {
    const company = await deps.company.read();
    const settings = settingsOf(company);
    // before anybody has set zone and currency there is no window to speak about
    if (settings === undefined) return;
    const entries = await entriesOf(deps, company, settings, at);
    await deps.snapshots.changeMany(
      entries.map(({ id, made }) => ({ id, decide: (published) => publishSnapshot(published, made) })),
      'live',
    );
  });
export const handler = lambda(() => nightlySnapshot(forecastStores(live())));
