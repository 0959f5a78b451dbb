import { createLogUpdate } from 'log-update';
import { dueLine, progressBar, progressText, type Progress, type PrintedProgress } from './progress.ts';

/** Reports how far a step is. */
export type ReportProgress = (progress: Progress) => void;

export type Narrator = {
  /** Prints a step when it begins, its progress, and its duration at the end. @throws with the step's name before the reason */
  readonly step: <T>(what: string, work: (report: ReportProgress) => Promise<T>) => Promise<T>;
  /** An aligned line below a step. */
  readonly detail: (name: string, text: string) => void;
};

/** Where the output goes: a terminal shows a moving bar, everything else a line now and then. */
type Screen = { readonly isTTY?: boolean | undefined } & NodeJS.WritableStream;

const redrawMillis = 100;

/** The part of a step that is counted now, and when it began: one unit may follow another, such as rows and then deliveries. */
type Part = { readonly first: Progress; readonly beganAt: number };

const partOf = (part: Part | undefined, progress: Progress, now: number): Part =>
  part?.first.unit === progress.unit ? part : { first: progress, beganAt: now };

/** A line that is drawn again in the same position. */
const liveLine = (what: string, screen: Screen) => {
  const update = createLogUpdate(screen);
  const begin = performance.now();
  let part: Part | undefined;
  let newest: Progress | undefined;
  const draw = (): void => {
    const now = performance.now();
    if (newest === undefined || part === undefined) update(`  ${what} … ${Math.floor((now - begin) / 1000)} s`);
    else update(`  ${progressBar(newest)} ${progressText(newest, now - part.beganAt, part.first.done)}`);
  };
  const timer = setInterval(draw, redrawMillis).unref();
  return {
    report: (progress: Progress): void => {
      part = partOf(part, progress, performance.now());
      newest = progress;
    },
    end: (): void => {
      clearInterval(timer);
      update.clear();
      update.done();
    },
  };
};

const plainLines = (screen: Screen) => {
  let part: Part | undefined;
  let told: PrintedProgress = { percent: 0, atMillis: 0 };
  return {
    report: (progress: Progress): void => {
      const before = part;
      part = partOf(part, progress, performance.now());
      if (part !== before) told = { percent: 0, atMillis: 0 };
      const millis = performance.now() - part.beganAt;
      const due = dueLine(progress, millis, told);
      if (due === undefined) return;
      told = due;
      screen.write(`  ${progressText(progress, millis, part.first.done)}\n`);
    },
    end: (): void => {},
  };
};

/** Prints the steps of a program to a stream; to the standard output by default. */
export const narrator = (screen: Screen = process.stdout): Narrator => ({
  step: async (what, work) => {
    screen.write(`\n— ${what} …\n`);
    const begin = performance.now();
    const line = screen.isTTY === true ? liveLine(what, screen) : plainLines(screen);
    try {
      const result = await work(line.report);
      line.end();
      screen.write(`  done in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      line.end();
      throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  },
  detail: (name, text) => {
    screen.write(`  ${name.padEnd(14)} ${text}\n`);
  },
});
