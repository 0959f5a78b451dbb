import { cachedAssembly } from '@meilenstein/demo/assembly';

/**
 * Synthesizes once for all test files, which run side by side. What is deployed takes longest to bundle: where only some files are
 * asked for, the test that needs it makes it.
 */
export const setup = (): void => {
  cachedAssembly('threads');
  const asksForFiles = process.argv.slice(3).some((one) => !one.startsWith('-'));
  if (!asksForFiles) cachedAssembly('processes');
};
