import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dayNumberOf } from '@meilenstein/forecasting/input/months';
import { describe, expect, it } from 'vitest';
import { readFlowFile } from './flow-file.ts';

const header = 'opportunity_id,at,event,milestone,amount,owner,team,segment';
const folder = mkdtempSync(join(tmpdir(), 'flow-'));
let number = 0;

const fileOf = (bytes: string | Buffer): string => {
  number += 1;
  const path = join(folder, `${number}.csv`);
  writeFileSync(path, bytes);
  return path;
};

const lines = (...rows: readonly string[]): string => [header, ...rows].join('\n');

describe('a flow file', () => {
  it('is read as events with amounts in hundredths and missing values as unknown', async () => {
    const text = lines('a,2026-11-24,created,need,1096.5,Ann,North,"Large, new"', 'a,2026-11-25,won,,,,,');
    const day = dayNumberOf(2026, 11, 24);
    const events = [
      { opportunityId: 'a', day, kind: 'created', milestone: 'need', minor: 109_650, owner: 'Ann', team: 'North', segment: 'Large, new' },
      { opportunityId: 'a', day: day + 1, kind: 'won', milestone: '', minor: null, owner: '', team: '', segment: '' },
    ];
    expect(await readFlowFile(fileOf(text))).toEqual(events);
    expect(await readFlowFile(fileOf(gzipSync(text)))).toEqual(events);
  });

  it('counts events from `recorded_at` if it is given', async () => {
    const text = `${header},recorded_at\na,2026-11-01,created,need,1,,,,2026-11-24\nb,2026-11-02T10:00:00Z,created,need,1,,,,`;
    expect((await readFlowFile(fileOf(text))).map((event) => event.day)).toEqual([dayNumberOf(2026, 11, 24), dayNumberOf(2026, 11, 2)]);
  });

  it.each([
    ['a,2026-11-24,reopened,,1,,,', 'line 2, event "reopened": must be one of created, milestone, won, lost'],
    ['a,2026-02-30,created,need,1,,,', 'line 2, at "2026-02-30": must be a day that exists'],
    ['a,yesterday,created,need,1,,,', 'line 2, at "yesterday": must be a date such as 2026-11-24; a time after it is ignored'],
    ['a,2026-11-24,created,need,12x,,,', 'line 2, amount "12x": must be a decimal number that is not negative, or empty'],
    ['a,2026-11-24,created,need,1e15,,,', 'line 2, amount "1e15": must be a decimal number that is not negative, or empty'],
    ['a,2026-11-24,created,need,9999999999999,,,', 'line 2, amount "9999999999999": must be at most a trillion'],
    [',2026-11-24,created,need,1,,,', 'line 2, opportunity_id "": must name an opportunity'],
    ['a,2026-11-24,milestone,,1,,,', 'line 2, milestone "": must name the milestone that was reached'],
  ])('is refused at %s with line, field, value and rule', async (row, message) => {
    await expect(readFlowFile(fileOf(lines(row)))).rejects.toThrow(message);
  });

  it('is refused if its header lacks a column', async () => {
    await expect(readFlowFile(fileOf('opportunity_id,at,event\n'))).rejects.toThrow(
      'line 1, header "opportunity_id,at,event": lacks milestone, amount, owner, team, segment',
    );
  });
});
