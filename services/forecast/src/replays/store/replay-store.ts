import {
  factReader,
  forecastGraded,
  forecastHorizon,
  forecastLevel,
  historyReplayed,
  replayRequested,
  windowKind,
  type ForecastHorizon,
  type ForecastNode,
  type ReplayFact,
  type WindowKind,
} from '@meilenstein/contracts';
import { day as dayText, instant, type Instant } from '@meilenstein/kernel';
import { aggregateStore, type AuditedAggregate, queryAll, writeAll, type Item, type Key, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { requestReplay, evolveHistoryReplay, finishReplay, type HistoryReplay } from '../domain/history-replay.ts';
import type { ForecastGrade } from '../../snapshots/domain/publish-snapshot.ts';
import { keys } from '../../keys.ts';

const schema = z
  .object({
    run: z.int(),
    requestedAt: instant,
    finished: z.object({ run: z.int(), at: instant, firstDay: dayText.nullable() }).nullable(),
  })
  .nullable();

const { day, currency, baselines } = forecastGraded.data.shape;
const short = z.tuple([
  day,
  z.string(),
  day,
  day,
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.boolean(),
  z.int(),
  baselines.shape.runRate,
  baselines.shape.stageWeighted,
  baselines.shape.repEstimates,
]);
const gradesItem = z.looseObject({
  level: forecastLevel,
  key: z.string(),
  kind: windowKind,
  horizon: forecastHorizon,
  currency,
  grades: z.string(),
});

const shortOf = (one: ForecastGrade): z.infer<typeof short> => [
  one.day,
  one.window.label,
  one.window.from,
  one.window.until,
  one.actual,
  one.mean,
  one.p10,
  one.p50,
  one.p90,
  one.enoughFacts,
  one.spread,
  one.baselines.runRate,
  one.baselines.stageWeighted,
  one.baselines.repEstimates,
];

const readGrades = (item: Item): readonly ForecastGrade[] => {
  const { level, key, kind, horizon, currency: code, grades } = gradesItem.parse(item);
  return z
    .array(short)
    .parse(JSON.parse(grades))
    .map(([on, label, from, until, actual, mean, p10, p50, p90, enoughFacts, spread, runRate, stageWeighted, repEstimates]) => ({
      day: on,
      node: { level, key },
      window: { kind, label, from, until },
      horizon,
      currency: code,
      actual,
      mean,
      p10,
      p50,
      p90,
      enoughFacts,
      baselines: { runRate, stageWeighted, repEstimates },
      judgement: null,
      spread,
    }));
};

const partitions = forecastLevel.options.flatMap((level) =>
  windowKind.options.flatMap((kind) => forecastHorizon.options.map((horizon) => keys.replayedAt(level, kind, horizon))),
);

/** One replay for the whole company. */
const id = 'history';

type Made = Extract<ReplayFact, { name: 'HistoryReplayed' }>['data'];

export type ReplayStore = {
  readonly audited: AuditedAggregate;
  readonly state: () => Promise<HistoryReplay>;
  readonly request: (now: Instant) => Promise<NonNullable<HistoryReplay>>;
  /** stores the grades of a run, which are not shown before it is finished */
  readonly keep: (run: number, graded: Iterable<readonly ForecastGrade[]>) => Promise<Pick<Made, 'windows' | 'forecasts'>>;
  /** shows a run instead of the one before, whose grades are deleted */
  readonly finish: (made: Made) => Promise<void>;
  /** the grades of the run that is shown, as in `SnapshotStore.graded`; undefined without a finished run */
  readonly graded: (
    about: { readonly level: ForecastNode['level']; readonly key?: string | undefined; readonly kind: WindowKind },
    horizon: ForecastHorizon,
  ) => Promise<{ readonly at: Instant; readonly grades: readonly ForecastGrade[] } | undefined>;
};

/** Grades of replayed history, one item for each node, kind and horizon, apart from the grades of real forecasts. */
export const replayStore = (machinery: Machinery): ReplayStore => {
  const { table } = machinery;
  const store = aggregateStore<HistoryReplay, ReplayFact>(
    {
      prefix: 'REPLAY',
      owner: 'forecast',
      schemaNumber: 1,
      schema,
      initial: null,
      fact: factReader([replayRequested, historyReplayed]),
      evolve: evolveHistoryReplay,
    },
    machinery,
  );
  const state = async (): Promise<HistoryReplay> => (await store.find(id))?.state ?? null;

  const othersThan = async (run: number): Promise<readonly Key[]> => {
    const found = await Promise.all(partitions.map((partition) => queryAll(table, { partition })));
    return found.flat().filter(({ sk }) => !sk.startsWith(keys.replayedIn(run)));
  };

  return {
    audited: store.audited,
    state,
    request: async (now) => {
      const result = await store.change(id, (before) => requestReplay(before, now));
      if (!('changed' in result) || result.changed.state === null) throw new Error('a request for a replay is never refused');
      return result.changed.state;
    },
    keep: async (run, graded) => {
      const items = new Map<string, { readonly first: ForecastGrade; readonly grades: z.infer<typeof short>[] }>();
      const windows = { week: new Set<string>(), month: new Set<string>(), quarter: new Set<string>() };
      let forecasts = 0;
      for (const some of graded)
        for (const one of some) {
          forecasts += 1;
          windows[one.window.kind].add(one.window.label);
          const name = [one.node.level, one.node.key, one.window.kind, one.horizon].join('\n');
          const item = items.get(name) ?? { first: one, grades: [] };
          items.set(name, item);
          item.grades.push(shortOf(one));
        }
      await writeAll(
        machinery,
        [...items.values()].map(({ first: { node, window, horizon, currency: code }, grades }) => ({
          put: {
            pk: keys.replayedAt(node.level, window.kind, horizon),
            sk: `${keys.replayedIn(run)}${keys.gradedOf(node.key)}`,
            ...node,
            kind: window.kind,
            horizon,
            currency: code,
            grades: JSON.stringify(grades),
          },
        })),
      );
      return { windows: { week: windows.week.size, month: windows.month.size, quarter: windows.quarter.size }, forecasts };
    },
    finish: async (made) => {
      await store.change(id, (before) => finishReplay(before, made));
      const others = await othersThan(made.run);
      await writeAll(
        machinery,
        others.map(({ pk, sk }) => ({ remove: { pk, sk } })),
      );
    },
    graded: async ({ level, key, kind }, horizon) => {
      const finished = (await state())?.finished ?? null;
      if (finished === null) return undefined;
      const prefix = `${keys.replayedIn(finished.run)}${key === undefined ? '' : keys.gradedOf(key)}`;
      const items = await queryAll(table, { partition: keys.replayedAt(level, kind, horizon), prefix });
      return { at: finished.at, grades: items.flatMap(readGrades) };
    },
  };
};
