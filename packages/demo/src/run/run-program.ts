import { appendFileSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inspect } from 'node:util';

/** How a program of the demo ends: one line for a person, the rest for the log. */
export type Ending = {
  /** Where a failure is written with its stack. */
  readonly logFile: string;
  /** What a person can do about it, such as `npm start goes on where it stopped`. */
  readonly advice: string;
};

const longestLine = 600;

/** What failed and why on one line, what to do, and where the log is. */
export const failureLine = (error: unknown, { logFile, advice }: Ending): string => {
  const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
  const short = reason.length > longestLine ? `${reason.slice(0, longestLine)} …` : reason;
  const end = /[.!?…]$/.test(short) ? '' : '.';
  return `Failed: ${short}${end} ${advice} Log: ${relative(process.cwd(), logFile)}`;
};

/**
 * Runs a program to its end. An error, even one that nobody awaits, ends it with one line on the standard error, status 1 and the stack in
 * the log. `stop` ends what was started before that.
 * @returns the status of the process
 */
export const runProgram = async (
  ending: Ending,
  program: () => Promise<number | undefined>,
  stop: () => Promise<void>,
  isStopping: () => boolean = () => false,
): Promise<void> => {
  let isFailing = false;
  const fail = async (error: unknown): Promise<void> => {
    // A failure that follows from stopping is not reported.
    if (isFailing || isStopping()) return;
    isFailing = true;
    mkdirSync(join(ending.logFile, '..'), { recursive: true });
    appendFileSync(ending.logFile, `${new Date().toISOString()} ${inspect(error)}\n`);
    console.error(`\n${failureLine(error, ending)}`);
    await stop().catch((failure: unknown) => appendFileSync(ending.logFile, `${inspect(failure)}\n`));
    process.exit(1);
  };
  process.on('unhandledRejection', (error) => void fail(error));
  process.on('uncaughtException', (error) => void fail(error));
  // The reader of the output may be gone before this process.
  process.stdout.on('error', () => undefined);
  try {
    const status = await program();
    if (status !== undefined) process.exit(status);
  } catch (error) {
    await fail(error);
  }
};
