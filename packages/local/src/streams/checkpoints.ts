import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

/** Where the reading of a stream stands: the last sequence number done with, by shard. */
export type Checkpoints = {
  readonly of: (shardId: string) => string | undefined;
  readonly isFinished: (shardId: string) => boolean;
  readonly advance: (shardId: string, sequenceNumber: string) => void;
  readonly finish: (shardId: string) => void;
};

const checkpointSchema = z.record(z.string(), z.object({ sequenceNumber: z.string().optional(), finished: z.boolean() }));

/** @param file where they outlive a stop; nothing is kept without one */
export function openCheckpoints(file: string | undefined): Checkpoints {
  const shards = file === undefined ? {} : readCheckpoints(file);
  const save = (): void => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    // Written beside and renamed, so that a kill in between leaves the old one.
    writeFileSync(`${file}.new`, JSON.stringify(shards));
    renameSync(`${file}.new`, file);
  };
  return {
    of: (shardId) => shards[shardId]?.sequenceNumber,
    isFinished: (shardId) => shards[shardId]?.finished ?? false,
    advance: (shardId, sequenceNumber) => {
      shards[shardId] = { sequenceNumber, finished: false };
      save();
    },
    finish: (shardId) => {
      shards[shardId] = { ...shards[shardId], finished: true };
      save();
    },
  };
}

function readCheckpoints(file: string): z.infer<typeof checkpointSchema> {
  try {
    return checkpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file}: cannot be read; remove it to read the streams again from their beginning`, { cause: error });
  }
}
