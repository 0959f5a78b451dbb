import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root, type Import } from './imports.ts';

const forecast = 'services/forecast/src';
const engine = 'packages/forecasting/src';

/** The file that an import means, in the service or in the engine's package. */
const meant = ({ from, target }: Import): string | undefined =>
  from.startsWith('@meilenstein/forecasting/') ? `${engine}${from.slice('@meilenstein/forecasting'.length)}.ts` : target;

/** Every file of the service and the engine that a file reaches by its imports, types included. */
const reachedFrom = (start: string): ReadonlySet<string> => {
  const imports = Map.groupBy([...importsOf(`${forecast}/**/*.ts`), ...importsOf(`${engine}/**/*.ts`)], ({ file }) => file);
  const reached = new Set([start]);
  for (const file of reached)
    for (const found of imports.get(file) ?? []) {
      const target = meant(found);
      if (target !== undefined) reached.add(target);
    }
  return reached;
};

const estimates = `${forecast}/snapshots/domain/rep-estimates.ts`;
const fixedProbabilities = `${forecast}/snapshots/domain/stage-probabilities.ts`;

describe('rep estimates and fixed probabilities', () => {
  it.each([
    `${forecast}/forecasts/domain/forecast-nodes.ts`,
    `${engine}/forecast.ts`,
    `${engine}/replay/backtest.ts`,
    `${forecast}/leaks/domain/find-leaks.ts`,
    `${forecast}/pipeline-view/store/pipeline-facts-store.ts`,
  ])('are not imported, directly or indirectly, by %s', (file) => {
    const reached = reachedFrom(file);
    expect(reached.size).toBeGreaterThan(3);
    expect([estimates, fixedProbabilities].filter((estimate) => reached.has(estimate))).toEqual([]);
  });

  it('are found by this test where they are imported', () => {
    expect(reachedFrom(`${forecast}/grades/domain/baselines.ts`)).toContain(estimates);
  });

  it('do not appear in views of an opportunity', () => {
    const views = readFileSync(join(root, 'services/pipeline/src/opportunities/http/opportunity-view.ts'), 'utf8');
    expect(views).not.toMatch(/estimate/i);
  });
});
