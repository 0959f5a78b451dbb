import { cachedAssembly } from './company/assembly.ts';

/** Synthesizes once for all test files, which run side by side. */
export const setup = (): void => {
  cachedAssembly('threads');
  cachedAssembly('processes');
};
