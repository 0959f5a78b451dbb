import { cachedAssembly } from '@meilenstein/demo/assembly';

/** Synthesizes once for all test files, which run side by side. */
export const setup = (): void => {
  cachedAssembly('threads');
  cachedAssembly('processes');
};
