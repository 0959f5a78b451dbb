import { join } from 'node:path';
import { cachedAssembly as assemblyOf } from '@meilenstein/infra/cached-assembly';

/** The folder of the repository. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** The synthesized templates of `dev`, with bundles for the way in which functions will run. Returns the folder. */
export const cachedAssembly = (functions: 'threads' | 'processes' = 'threads'): string =>
  assemblyOf(functions === 'threads' ? 'shared' : 'separate');
