import * as z from 'zod';
import { arnOf } from '../../../account-and-region.ts';
import { DatabaseError, invalid, unsupported } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { operation, type Operation } from './operation.ts';
import { type KeyNames, type TableDefinition, namesOf } from '../values/table-definition.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.literal(['HASH', 'RANGE']) }));
const createRequest = z.strictObject({
  TableName: z.string(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  BillingMode: z.literal('PAY_PER_REQUEST', 'only on-demand tables are supported: BillingMode must be PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.literal(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  StreamSpecification: z
    .strictObject({
      StreamEnabled: z.literal(true),
      StreamViewType: z.literal(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES', 'OLD_IMAGE', 'KEYS_ONLY']),
    })
    .optional(),
});
type CreateRequest = z.infer<typeof createRequest>;

const timeToLiveRequest = z.strictObject({
  TableName: z.string(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }),
});

export const tableOperations = ({ tables, now }: Engine): Readonly<Record<string, Operation>> => ({
  CreateTable: operation('CreateTable', createRequest, (request) =>
    JSON.stringify({ TableDescription: describe(tables.create(toDefinition(request, now())).store.definition) }),
  ),
  DescribeTable: operation('DescribeTable', z.strictObject({ TableName: z.string() }), ({ TableName }) => {
    const found = tables.find(TableName);
    if (found === undefined)
      throw new DatabaseError('ResourceNotFoundException', `Requested resource not found: Table: ${TableName} not found`);
    return JSON.stringify({ Table: describe(found.store.definition) });
  }),
  UpdateTimeToLive: operation('UpdateTimeToLive', timeToLiveRequest, ({ TableName, TimeToLiveSpecification }) => {
    tables.expireBy(TableName, TimeToLiveSpecification.Enabled ? TimeToLiveSpecification.AttributeName : undefined);
    return JSON.stringify({ TimeToLiveSpecification });
  }),
});

function toDefinition(request: CreateRequest, createdAt: number): TableDefinition {
  if (!/^[\w.-]{3,255}$/.test(request.TableName))
    throw invalid('TableName must be at least 3 characters long and at most 255 characters long, of letters, digits, "_", "-" and "."');
  const definition: TableDefinition = {
    name: request.TableName,
    ...toKeyNames(request.KeySchema),
    indexes: (request.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
      name: IndexName,
      ...toKeyNames(KeySchema),
      projection: Projection.ProjectionType,
      nonKeyAttributes: Projection.NonKeyAttributes ?? [],
    })),
    ...(request.StreamSpecification === undefined ? {} : { streamView: request.StreamSpecification.StreamViewType }),
    createdAt,
  };
  refuseDefinitions(request, definition);
  return definition;
}

function toKeyNames(schema: z.infer<typeof keySchema>): KeyNames & { readonly hash: string } {
  const [hash, range, ...others] = schema;
  if (hash?.KeyType !== 'HASH' || (range !== undefined && range.KeyType !== 'RANGE') || others.length > 0)
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type, or the second is not a RANGE key type');
  return range === undefined ? { hash: hash.AttributeName } : { hash: hash.AttributeName, range: range.AttributeName };
}

function refuseDefinitions({ AttributeDefinitions }: CreateRequest, table: TableDefinition): void {
  const used = new Set([table, ...table.indexes].flatMap(namesOf));
  const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  if ([...used].some((name) => !defined.includes(name)) || defined.length !== used.size)
    throw invalid(
      `One or more parameter values were invalid: AttributeDefinitions must be exactly those of the keys: Keys: [${[...used].join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  const other = AttributeDefinitions.find(({ AttributeType }) => AttributeType !== 'S');
  if (other !== undefined) throw unsupported(`the key attribute ${other.AttributeName} of type ${other.AttributeType} (only S)`);
}

const seconds = (epochMillis: number): number => epochMillis / 1000;
const schemaOf = (keys: KeyNames) =>
  namesOf(keys).map((AttributeName, position) => ({ AttributeName, KeyType: position === 0 ? 'HASH' : 'RANGE' }));

function describe(table: TableDefinition): object {
  const arn = arnOf('dynamodb', `table/${table.name}`);
  return {
    TableName: table.name,
    TableArn: arn,
    TableStatus: 'ACTIVE',
    CreationDateTime: seconds(table.createdAt),
    AttributeDefinitions: [...new Set([table, ...table.indexes].flatMap(namesOf))].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: schemaOf(table),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ...(table.indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: table.indexes.map((index) => ({
            IndexName: index.name,
            IndexArn: `${arn}/index/${index.name}`,
            IndexStatus: 'ACTIVE',
            KeySchema: schemaOf(index),
            Projection: {
              ProjectionType: index.projection,
              ...(index.projection === 'INCLUDE' ? { NonKeyAttributes: index.nonKeyAttributes } : {}),
            },
          })),
        }),
    ...(table.streamView === undefined
      ? {}
      : {
          StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamView },
          LatestStreamLabel: streamLabel(table),
          LatestStreamArn: streamArn(table),
        }),
  };
}

const streamLabel = ({ createdAt }: TableDefinition): string => new Date(createdAt).toISOString().slice(0, -1);

export const streamArn = (table: TableDefinition): string => arnOf('dynamodb', `table/${table.name}/stream/${streamLabel(table)}`);
