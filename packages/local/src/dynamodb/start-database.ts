import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedDatabase, startEmbedded } from './embedded/start-embedded.ts';
import { startDynamoDB } from './start-dynamodb.ts';

/** Which DynamoDB keeps the tables: the embedded one, or Amazon's DynamoDB Local, which needs Java. */
export type DatabaseKind = 'embedded' | 'dynamodb-local';

/** A running DynamoDB. Only the embedded one tells of new stream records and makes faults. */
export type Database = Pick<EmbeddedDatabase, 'endpoint' | 'stop'> & Partial<Pick<EmbeddedDatabase, 'onRecords' | 'setFaults'>>;

export type DatabaseOptions = {
  /** `LOCAL_DATABASE` says it where nobody else does; embedded otherwise */
  readonly kind?: DatabaseKind | undefined;
  /** where the tables are kept from one start to the next */
  readonly dataFolder: string;
  /** tables are forgotten at the end */
  readonly inMemory: boolean;
};

/** The file in which DynamoDB Local keeps its tables. */
const fileOfDynamoDBLocal = 'shared-local-instance.db';

/** Starts a database for tables, or uses the one whose address `AWS_ENDPOINT_URL_DYNAMODB` names. */
export async function startDatabase({ kind = kindInEnvironment(), dataFolder, inMemory }: DatabaseOptions): Promise<Database> {
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given !== undefined && given !== '') return { endpoint: given, stop: async () => undefined };
  if (kind === 'dynamodb-local') return startDynamoDB({ dataFolder, inMemory });
  const file = join(dataFolder, 'tables.sqlite');
  if (!inMemory && !existsSync(file) && existsSync(join(dataFolder, fileOfDynamoDBLocal)))
    throw new Error(
      `${dataFolder}: holds tables of DynamoDB Local, which the embedded database cannot read; set LOCAL_DATABASE=dynamodb-local to go on with them, or remove the data folder to begin anew`,
    );
  return startEmbedded(inMemory ? undefined : file);
}

function kindInEnvironment(): DatabaseKind {
  const kind = process.env['LOCAL_DATABASE'] ?? '';
  if (kind === '' || kind === 'embedded') return 'embedded';
  if (kind === 'dynamodb-local') return 'dynamodb-local';
  throw new Error(`LOCAL_DATABASE=${kind}: must be "embedded" or "dynamodb-local"`);
}
