import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const kept = z.object({ format: z.literal(1), finished: z.record(z.string(), z.unknown()) });

/** Which steps of a start are finished, and what came out of them. */
export type Notes = {
  /** Does a step and notes its result; where it is noted already, answers that. A step that is interrupted is done again as a whole. */
  readonly once: <Result extends z.ZodType>(
    step: string,
    result: Result,
    work: () => Promise<z.input<Result>>,
  ) => Promise<z.output<Result>>;
  readonly isFinished: (step: string) => boolean;
  readonly isEmpty: () => boolean;
};

/** Notes in a file, which is replaced as a whole, so that a killed program leaves the old or the new one; without a file in memory. */
export const openNotes = (file?: string): Notes => {
  const finished = new Map(Object.entries(file === undefined ? {} : read(file)));
  const write = (): void => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify({ format: 1, finished: Object.fromEntries(finished) }));
    renameSync(`${file}.new`, file);
  };
  return {
    once: async (step, result, work) => {
      if (!finished.has(step)) {
        finished.set(step, result.parse(await work()));
        write();
      }
      return result.parse(finished.get(step));
    },
    isFinished: (step) => finished.has(step),
    isEmpty: () => finished.size === 0,
  };
};

/** A file that cannot be read was written by another version: the company starts over. */
const read = (file: string): Readonly<Record<string, unknown>> => {
  if (!existsSync(file)) return {};
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8'))).finished;
  } catch {
    return {};
  }
};
