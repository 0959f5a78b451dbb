import { startDatabase } from '@meilenstein/local';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** address of one DynamoDB Local for all files */
    oracle: string;
  }
}

/** Starts DynamoDB Local once for all files. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const { endpoint, stop } = await startDatabase({ kind: 'dynamodb-local', dataFolder: '', inMemory: true });
  project.provide('oracle', endpoint);
  return stop;
};
