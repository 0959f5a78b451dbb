// The accuracy that the engine must reach on real histories. These are not part of the project; without them the tests are skipped.
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumberOf } from '@meilenstein/forecasting/input/months';
import { describe, expect, it } from 'vitest';
import { readFlowFile } from './flow-file.ts';
import { horizonOf, type Step } from './origins.ts';
import { runBacktest } from './run.ts';
import type { GroupScore } from './score-table.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const fileOf = (name: string): string | undefined => globSync(join(folder, `${name}*.csv.gz`))[0];
const isThere = existsSync(folder) && ['crm', 'bpi', 'road'].every((name) => fileOf(name) !== undefined);
const enoughWindows = 8;
/** The loan applications begin in October. Four weeks are burn-in, so eight weeks are left. */
const firstNovember = dayNumberOf(2011, 10, 31);

type Case = { readonly name: string; readonly step: Step; readonly horizons: string; readonly from?: number; readonly without?: string };

const scored = async ({ name, step, horizons, from, without }: Case): Promise<readonly GroupScore[]> => {
  const events = await readFlowFile(fileOf(name) ?? '');
  const kept = without === undefined ? events : events.filter((event) => !event.milestone.startsWith(without));
  const settings = {
    step,
    horizons: horizons.split(',').flatMap((text) => horizonOf(text) ?? []),
    levels: ['total', 'team', 'owner', 'segment'],
    from: from ?? null,
  };
  return runBacktest(kept, settings, () => undefined);
};

const totalOf = (groups: readonly GroupScore[], kind: string): GroupScore => {
  const found = groups.find((group) => group.kind === kind && group.level === 'total');
  if (found === undefined) throw new Error(`no total ${kind}`);
  return found;
};

/** The groups with enough windows for a claim whose error is not below that of the best baseline. */
const beaten = (groups: readonly GroupScore[]): readonly string[] =>
  groups
    .filter(({ n, scores, best }) => n >= enoughWindows && !((scores.wape ?? Infinity) < (best ?? 0)))
    .map(({ kind, level, scores, best }) => `${kind} ${level}: ${scores.wape} against ${best}`);

describe.skipIf(!isThere)('the engine on the development files (skipped without ../shared/data)', () => {
  it('has a lower error than the best baseline on road fines a month ahead, and eight in ten within the interval', async () => {
    const groups = await scored({ name: 'road', step: 'month', horizons: '1m' });
    const { n, scores, best } = totalOf(groups, '1m');
    expect(n).toBeGreaterThanOrEqual(60);
    expect(scores.wape).toBeLessThan(best ?? 0);
    expect(scores.cov80).toBeGreaterThan(0.77);
    expect(scores.cov80).toBeLessThan(0.85);
    expect(Math.abs(scores.bias ?? 1)).toBeLessThan(0.05);
  }, 120_000);

  it('has a lower error than the best baseline on opportunities and loan applications, wherever eight windows have ended', async () => {
    const crm = await scored({ name: 'crm', step: 'week', horizons: '1w,4w,13w', from: dayNumberOf(2017, 5, 8) });
    const bpi = await scored({ name: 'bpi', step: 'week', horizons: '1w,2w,4w', from: firstNovember });
    expect(beaten([...crm, ...bpi])).toEqual([]);
    for (const kind of ['1w', '4w', '13w']) expect(Math.abs(totalOf(crm, kind).scores.bias ?? 1)).toBeLessThan(0.05);
    expect(Math.abs(totalOf(bpi, '1w').scores.bias ?? 1)).toBeLessThan(0.05);
  }, 120_000);

  it('loses at least four points a week ahead without the customer’s evidence', async () => {
    const [with_, without] = await Promise.all([
      scored({ name: 'bpi', step: 'week', horizons: '1w', from: firstNovember }),
      scored({ name: 'bpi', step: 'week', horizons: '1w', from: firstNovember, without: 'offer_returned' }),
    ]);
    const [seen, unseen] = [with_, without].map((groups) => totalOf(groups, '1w').scores.wape ?? Number.NaN);
    expect((unseen ?? 0) - (seen ?? 1)).toBeGreaterThan(0.04);
  }, 120_000);
});
