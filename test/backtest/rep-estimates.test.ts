import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayNumberOf, firstDayOf, monthOf } from '@meilenstein/forecasting/input/months';
import { describe, expect, it } from 'vitest';
import { readFlow, readFlowFile } from './flow-file.ts';
import { repEstimateBaseline } from './rep-estimates.ts';
import { inventedHistory } from './known-truth.ts';
import { runBacktest, type Settings } from './run.ts';
import { scoreTable } from './score-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'estimates-'));
const path = join(folder, 'flow.csv');
const rows = [
  'opportunity_id,at,event,milestone,amount,owner,team,segment,recorded_at,rep_percent,expected_close',
  'a,2026-11-02,created,need,100,Ann,North,,,10,2026-12-31',
  'a,2026-11-10,milestone,offer,100,Ann,North,,,50,2026-11-30',
  'a,2026-11-10,estimate,,,,,,2026-11-20,100,2026-11-25',
  'b,2026-11-03,created,need,40,Ben,South,,,25,',
];
writeFileSync(path, rows.join('\n'));

const november = { kind: '1m', level: 'total', key: 'total', from: dayNumberOf(2026, 11, 1), until: dayNumberOf(2026, 12, 1) };

describe('estimates in a flow file', () => {
  it('are read apart from the events', async () => {
    const { events, estimates } = await readFlow(path);
    expect(events).toEqual(await readFlowFile(path));
    expect(events.map((event) => event.kind)).toEqual(['created', 'milestone', 'created']);
    expect(estimates.map(({ day, percent, closesOn }) => [day, percent, closesOn])).toEqual([
      [dayNumberOf(2026, 11, 2), 10, dayNumberOf(2026, 12, 31)],
      [dayNumberOf(2026, 11, 10), 50, dayNumberOf(2026, 11, 30)],
      [dayNumberOf(2026, 11, 20), 100, dayNumberOf(2026, 11, 25)],
      [dayNumberOf(2026, 11, 3), 25, null],
    ]);
  });

  it('count from the day after their recording', async () => {
    const { events, estimates } = await readFlow(path);
    const baseline = repEstimateBaseline(events, estimates);
    const figures = [3, 10, 11, 20, 21].map((day) => baseline(november, dayNumberOf(2026, 11, day)));
    expect(figures).toEqual([0, 0, 5_000, 5_000, 10_000]);
    expect(baseline({ ...november, level: 'owner', key: 'Ben' }, dayNumberOf(2026, 11, 21))).toBe(0);
  });

  it('give no figure if less than half of the open opportunities have one', async () => {
    const { events, estimates } = await readFlow(path);
    const more = ['c', 'd', 'e'].flatMap((opportunityId) => events.slice(-1).map((event) => ({ ...event, opportunityId })));
    expect(repEstimateBaseline([...events, ...more], estimates)(november, dayNumberOf(2026, 11, 21))).toBeUndefined();
  });

  it('change no line of a backtest and appear in the table as one more baseline', () => {
    const events = inventedHistory({ seed: 7, days: 500, arrivalsPerDay: 3 });
    const estimates = events
      .filter((event) => event.kind === 'created')
      .map(({ opportunityId, day }) => ({ opportunityId, day, percent: 50, closesOn: firstDayOf(monthOf(day) + 1) }));
    const settings: Settings = { step: 'month', horizons: [{ count: 1, unit: 'm' }], levels: ['total'], from: null };
    const run = (more: Partial<Settings>) => {
      const lines: string[] = [];
      const groups = runBacktest(events, { ...settings, ...more }, (line) => lines.push(line));
      return { lines, table: scoreTable(groups), wape: groups.map((group) => group.scores.wape) };
    };
    const [withEstimates, plain] = [run({ estimates }), run({})];
    expect(withEstimates.lines.length).toBeGreaterThan(8);
    expect(withEstimates.lines).toEqual(plain.lines);
    expect(withEstimates.wape).toEqual(plain.wape);
    expect(withEstimates.table).toContain('rep estimates');
    expect(plain.table).not.toContain('rep estimates');
  });
});
