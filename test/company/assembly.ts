import { cachedAssembly as assemblyOf } from '@meilenstein/infra/cached-assembly';

/** The synthesized templates of `dev`, with bundles for the way in which functions will run. Returns the folder. */
export const cachedAssembly = (functions: 'threads' | 'processes' = 'threads'): string =>
  assemblyOf(functions === 'threads' ? 'shared' : 'separate');
