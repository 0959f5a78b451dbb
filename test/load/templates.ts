import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stages } from '@meilenstein/infra/stages';
import * as z from 'zod';
import { cachedAssembly } from '@meilenstein/demo/assembly';

const prefix = 'meilenstein-dev-';

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) })),
});
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const table = z.object({
  TableName: z.string(),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).default([]),
        }),
      }),
    )
    .default([]),
});
const rule = z.object({
  Name: z.string().default(prefix),
  EventPattern: z.object({ source: z.array(z.string()).default([]), 'detail-type': z.array(z.string()).default([]) }),
});
const lambda = z.object({ FunctionName: z.string(), MemorySize: z.number() });

export type Index = { readonly partition: string; readonly sort: string; readonly attributes: 'all' | readonly string[] };
type Listener = { readonly name: string; readonly hears: (source: string, event: string) => boolean };
export type Templates = {
  readonly indexesOf: (service: string) => readonly Index[];
  readonly listeners: readonly Listener[];
  /** megabytes */
  readonly memoryOf: (functionName: string) => number;
  readonly alarms: number;
  /** what the HTTP API lets through in prod */
  readonly requestsPerSecond: number;
};

/** What the bench has to know of the synthesized templates. */
export const templates = (): Templates => {
  const folder = cachedAssembly();
  const resources = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => Object.values(template.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))).Resources));
  const of = (type: string) => resources.filter((one) => one.Type === type).map((one) => one.Properties);
  const tables = of('AWS::DynamoDB::Table').map((properties) => table.parse(properties));
  const lambdas = new Map(
    of('AWS::Lambda::Function')
      .map((properties) => lambda.parse(properties))
      .map((one) => [one.FunctionName, one.MemorySize]),
  );
  const attribute = (keys: z.infer<typeof keySchema>, type: 'HASH' | 'RANGE'): string =>
    keys.find((one) => one.KeyType === type)?.AttributeName ?? '';
  return {
    indexesOf: (service) => {
      const found = tables.find((one) => one.TableName === `${prefix}${service}`);
      if (found === undefined) throw new Error(`${service} has no table in the templates`);
      return found.GlobalSecondaryIndexes.map(({ KeySchema, Projection }) => ({
        partition: attribute(KeySchema, 'HASH'),
        sort: attribute(KeySchema, 'RANGE'),
        attributes: Projection.ProjectionType === 'ALL' ? 'all' : Projection.NonKeyAttributes,
      }));
    },
    listeners: of('AWS::Events::Rule').map((properties): Listener => {
      const { Name, EventPattern } = rule.parse(properties);
      return {
        name: Name.slice(prefix.length),
        hears: (source, event) => EventPattern.source.includes(source) && EventPattern['detail-type'].includes(event),
      };
    }),
    memoryOf: (name) => lambdas.get(`${prefix}${name}`) ?? Number.NaN,
    alarms: of('AWS::CloudWatch::Alarm').length,
    requestsPerSecond: stages.prod.requestsPerSecond,
  };
};
