import { addMillis, boundsOf, canonicalJson, dayOf, earlierOf, fromMoney, refused, type Instant } from '@meilenstein/kernel';
import { forecastApi, type Company, type Node, type forecastView } from '@meilenstein/contracts';
import { deriveId, http, lambda, live, type HttpDeps } from '@meilenstein/runtime';
import type * as z from 'zod';
import { forecastOf } from '../domain/forecast.ts';
import { snapshotId, snapshotOf, type Snapshot } from '../domain/publish-snapshot.ts';
import { questionAt, settingsOf, type Question, type Settings } from '../domain/question.ts';
import type { Narrowed } from '../store/fact-store.ts';
import { forecastStores, type ForecastStores } from '../store/forecast-stores.ts';
import { mayLookAt } from './visible-node.ts';

export type ForecastDeps = ForecastStores & HttpDeps;

type View = z.input<typeof forecastView>;

const viewOf = (snapshot: NonNullable<Snapshot>): View => {
  const { node, window, asOf, currency, figures, existingByMilestone, enoughFacts, basis } = snapshot;
  const text = (minor: number) => fromMoney({ minor, currency });
  return {
    node,
    window,
    asOf,
    mean: text(figures.mean),
    p10: text(figures.p10),
    p50: text(figures.p50),
    p90: text(figures.p90),
    booked: text(figures.booked),
    existing: {
      total: text(figures.existing),
      byMilestone: existingByMilestone.map((one) => ({ ...one, expected: text(one.expected) })),
    },
    future: text(figures.future),
    enoughFacts,
    basis,
  };
};

/** The answer and a tag that changes only when a figure does, so that polling costs no bytes. */
const answer = (view: View) => ({ status: 200 as const, body: view, etag: deriveId(canonicalJson({ ...view, asOf: null })) });

const narrowedTo = ({ node, teamIds }: Question): Narrowed => {
  if (node.level === 'company') return {};
  return node.level === 'team' ? { teamIds } : { repId: node.key };
};

const current = async (deps: ForecastDeps, company: Company, settings: Settings, asked: { question: Question; at: Instant }) => {
  const { question, at } = asked;
  const { from, until } = boundsOf(question.window, settings.zone);
  const narrowed = narrowedTo(question);
  const [history, open, booked] = await Promise.all([
    deps.facts.history(settings, at),
    deps.facts.open(company, question.today, narrowed),
    deps.facts.booked(company, settings, { from, until: earlierOf(addMillis(at, 1), until) }, narrowed),
  ]);
  const figures = forecastOf({ ...history, open, booked }, question);
  return snapshotOf({ question, figures, asOf: at, currency: settings.currency });
};

const unknownNode = (node: Node) =>
  refused('node-is-unknown', `key: there is no ${node.level} ${node.key} that you may see`, { field: 'key', value: node.key });

export const forecastHttp = (deps: ForecastDeps) =>
  http(
    forecastApi,
    {
      'GET /forecasts': async ({ query, caller }) => {
        const at = deps.clock.now();
        const company = await deps.company.read();
        const settings = settingsOf(company);
        const node: Node = { level: query.level, key: query.key };
        if (settings === undefined)
          return refused('settings-are-missing', 'the company has no zone and reporting currency yet: PUT /settings first');
        if (!mayLookAt(company, caller, dayOf(at, settings.zone), node)) return unknownNode(node);
        if (query.snapshot === undefined) {
          const question = questionAt(company, settings, node, { kind: query.window, at });
          return answer(viewOf(await current(deps, company, settings, { question, at })));
        }
        const published = (await deps.snapshots.find(snapshotId(query.snapshot, node, query.window)))?.state ?? null;
        if (published === null)
          return refused('snapshot-is-unknown', `snapshot: no forecast of that node was published on ${query.snapshot}`, {
            field: 'snapshot',
            value: query.snapshot,
          });
        return answer(viewOf(published));
      },
    },
    deps,
  );
export const handler = lambda(() => {
  const machinery = live();
  return forecastHttp({ ...machinery, ...forecastStores(machinery) });
});
