import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root } from './imports.ts';

const forecast = 'services/forecast/src';

/** Every file of the service that a file reaches by its imports, types included. */
const reachedFrom = (start: string): ReadonlySet<string> => {
  const imports = Map.groupBy(importsOf(`${forecast}/**/*.ts`), ({ file }) => file);
  const reached = new Set([start]);
  for (const file of reached)
    for (const { from } of imports.get(file) ?? []) if (from.startsWith('.')) reached.add(normalize(join(dirname(file), from)));
  return reached;
};

const guesses = `${forecast}/domain/rep-estimates.ts`;
const fixedProbabilities = `${forecast}/domain/stage-probabilities.ts`;

describe('what people guess', () => {
  it.each([
    'domain/forecast-book.ts',
    'domain/engine/forecast.ts',
    'domain/engine/backtest.ts',
    'domain/leaks/find-leaks.ts',
    'store/evidence-store.ts',
  ])('%s cannot reach a rep’s guess or a fixed probability', (file) => {
    const reached = reachedFrom(`${forecast}/${file}`);
    expect(reached.size).toBeGreaterThan(3);
    expect([guesses, fixedProbabilities].filter((one) => reached.has(one))).toEqual([]);
  });

  it('is found by this test where it is read', () => {
    expect(reachedFrom(`${forecast}/domain/rivals.ts`)).toContain(guesses);
  });

  it('is no word of any view of an opportunity', () => {
    const views = readFileSync(join(root, 'services/pipeline/src/handlers/opportunity-view.ts'), 'utf8');
    expect(views).not.toMatch(/estimate/i);
  });
});
