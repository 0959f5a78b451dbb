import { expect, test } from 'vitest';
import { readProcessorTime } from './process-runtime.ts';

test.each([
  ['0:00.05', 50],
  ['  12:34.50\n', 754_500],
  ['01:02:03', 3_723_000],
  ['2-00:00:01', 172_801_000],
  ['', 0],
])('the processor time %j that ps prints is read as %i milliseconds', (text, millis) => {
  expect(readProcessorTime(text)).toBe(millis);
});
