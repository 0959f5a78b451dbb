import { itemLimits, windowKind, type WindowKind } from '@meilenstein/contracts';
import { putIfAbsent, type Query, type Table, type WritableTable } from '@meilenstein/runtime';
import * as z from 'zod';
import type { EarlierForecast } from '@meilenstein/forecasting/input/forecast-input';
import { windowsToLearnFrom } from '@meilenstein/forecasting/replay/replay-days';
import { keys } from '../../keys.ts';

const short = z.array(
  z.tuple([
    z.enum(['total', 'process', 'team', 'owner', 'segment']),
    z.string(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.record(z.string(), z.number()),
  ]),
);
const earlierForecastsItem = z.looseObject({ from: z.int(), until: z.int(), origin: z.int(), forecasts: z.string() });

/** So few that the page that reaches one window too far costs little. */
const itemsInPage = 8;

const manyOf = <One>(list: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

export type EarlierForecastStore = {
  /** the first forecasts of the newest windows of a kind that began before a day, all nodes */
  readonly before: (kind: WindowKind, from: string) => Promise<readonly EarlierForecast[]>;
  /** stores the forecasts of one window; those already stored do not change */
  readonly keep: (from: string, forecasts: readonly EarlierForecast[]) => Promise<void>;
};

type ForecastsItem = z.infer<typeof earlierForecastsItem>;

/** The items of the newest windows, read only so far back: older ones are kept and not read. */
const newestItems = async (table: Table, query: Query): Promise<readonly ForecastsItem[]> => {
  const found: ForecastsItem[] = [];
  let after: string | undefined;
  do {
    const page = await table.query({ ...query, limit: itemsInPage, ...(after === undefined ? {} : { after }) });
    found.push(...page.items.map((item) => earlierForecastsItem.parse(item)));
    after = page.next ?? undefined;
  } while (after !== undefined && new Set(found.map((one) => one.from)).size <= windowsToLearnFrom);
  return found;
};

/** The first forecast of each window, stored compactly because every new forecast reads them. */
export const earlierForecastStore = (machinery: WritableTable): EarlierForecastStore => ({
  before: async (kind, from) => {
    const parsed = await newestItems(machinery.table, { partition: keys.earlierForecastsOf(kind), between: ['0', from], descending: true });
    const newest = [...new Set(parsed.map((one) => one.from))].toSorted((a, b) => b - a).slice(0, windowsToLearnFrom);
    return parsed
      .filter((one) => newest.includes(one.from))
      .flatMap(({ from: begin, until, origin, forecasts: text }) =>
        short.parse(JSON.parse(text)).map(([level, key, mean, p10, p90, variance, wins, experts]): EarlierForecast => ({
          window: { kind, from: begin, until },
          origin,
          node: { level, key },
          record: { mean, p10, p90, variance, wins, experts },
        })),
      );
  },
  keep: async (from, forecasts) => {
    for (const [part, some] of manyOf(forecasts, itemLimits.nodesInItem).entries()) {
      const [first] = some;
      if (first === undefined) continue;
      const { window, origin } = first;
      const text = JSON.stringify(
        some.map(({ node, record }) => [
          node.level,
          node.key,
          record.mean,
          record.p10,
          record.p90,
          record.variance,
          record.wins,
          record.experts,
        ]),
      );
      const item = {
        ...keys.earlierForecasts(windowKind.parse(window.kind), from, part),
        from: window.from,
        until: window.until,
        origin,
        forecasts: text,
      };
      await putIfAbsent(machinery, item);
    }
  },
});
