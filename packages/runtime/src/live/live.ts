import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toInstant, type Clock } from '@meilenstein/kernel';
import { withGeneration } from '../aggregate/generation.ts';
import type { Machinery } from '../aggregate/fold-decision.ts';
import type { HttpDeps } from '../http/http-handler.ts';
import { dynamoTable } from '../table/dynamo-table.ts';
import { randomIds } from '../identity.ts';

/** The wall clock; the only one. */
export const wallClock: Clock = { now: () => toInstant(Date.now()) };

/** An environment variable that infra sets; its absence is a fault of the deployment. */
export const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
};

/** What every function needs: the service's own table (`TABLE_NAME`), clock, ids, delays. */
export const live = (): Machinery & HttpDeps => ({
  table: withGeneration(dynamoTable(setting('TABLE_NAME'), new DynamoDBClient({}), wallClock), wallClock),
  clock: wallClock,
  ids: randomIds,
  delay: async (millis) => {
    await setTimeout(millis);
  },
  random: Math.random,
  claimNames: { roles: process.env['ROLES_CLAIM'] ?? 'cognito:groups', sources: process.env['SOURCES_CLAIM'] ?? 'custom:sources' },
});
