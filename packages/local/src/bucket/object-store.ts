import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { BucketError } from './bucket-error.ts';

const factsSchema = z.object({
  etag: z.string(),
  size: z.number(),
  modifiedAt: z.string(),
  versionId: z.string(),
  /** Content type, user metadata, checksums: given back as they came. */
  headers: z.record(z.string(), z.string()),
});

/** What is known of an object beside its bytes. */
export type ObjectFacts = z.infer<typeof factsSchema>;
type StoredObject = { readonly facts: ObjectFacts; readonly body: Buffer };
type Condition = { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined };

/** A bucket as a plain folder: each object is a file under its key; facts and old versions lie in the sibling folder `<bucket>.versions`. */
export type ObjectStore = {
  readonly folder: string;
  readonly isVersioned: boolean;
  readonly put: (
    key: string,
    body: Buffer,
    details: { readonly headers: Readonly<Record<string, string>>; readonly etag?: string; readonly condition: Condition },
  ) => ObjectFacts;
  readonly facts: (key: string) => ObjectFacts | undefined;
  readonly read: (key: string, versionId?: string) => StoredObject;
  /** Without a version the object becomes an old version (or is gone, in a bucket without versions). */
  readonly remove: (key: string, versionId?: string) => void;
};

/** All writing is synchronous, so that a condition and the write that depends on it cannot be parted. */
export function openObjectStore(folder: string, isVersioned: boolean): ObjectStore {
  mkdirSync(folder, { recursive: true });
  const fileOf = (key: string): string => join(folder, ...safeParts(key));
  const besideOf = (key: string): string => join(`${folder}.versions`, `${safeParts(key).join('/')}@`);
  const facts = (key: string): ObjectFacts | undefined => {
    const file = fileOf(key);
    if (!existsSync(file) || !statSync(file).isFile()) return undefined;
    const saved = join(besideOf(key), 'current.json');
    const known = existsSync(saved) ? factsSchema.parse(JSON.parse(readFileSync(saved, 'utf8'))) : undefined;
    // A person may have put or changed the file by hand.
    return known?.size === statSync(file).size ? known : factsOf(readFileSync(file), { headers: {} }, statSync(file).mtime);
  };
  const keepOldVersion = (key: string): void => {
    const old = facts(key);
    if (!isVersioned || old === undefined) return;
    mkdirSync(besideOf(key), { recursive: true });
    renameSync(fileOf(key), join(besideOf(key), old.versionId));
    writeFileSync(join(besideOf(key), `${old.versionId}.json`), JSON.stringify(old));
  };
  return {
    folder,
    isVersioned,
    facts,
    put: (key, body, { headers, etag, condition }) => {
      refuseUnless(condition, facts(key));
      const made = factsOf(body, { headers, ...(etag === undefined ? {} : { etag }) }, new Date());
      keepOldVersion(key);
      makeFolder(dirname(fileOf(key)), key);
      mkdirSync(besideOf(key), { recursive: true });
      const beside = join(besideOf(key), 'incoming');
      writeFileSync(beside, body);
      writeFileSync(join(besideOf(key), 'current.json'), JSON.stringify(made));
      renameSync(beside, fileOf(key));
      return made;
    },
    read: (key, versionId) => {
      const current = facts(key);
      if (versionId === undefined || versionId === current?.versionId) {
        if (current === undefined) throw new BucketError(404, 'NoSuchKey', 'The specified key does not exist.');
        return { facts: current, body: readFileSync(fileOf(key)) };
      }
      const old = join(besideOf(key), safeParts(versionId).join(''));
      if (!existsSync(`${old}.json`)) throw new BucketError(404, 'NoSuchVersion', 'The specified version does not exist.');
      return { facts: factsSchema.parse(JSON.parse(readFileSync(`${old}.json`, 'utf8'))), body: readFileSync(old) };
    },
    remove: (key, versionId) => {
      const current = facts(key);
      if (versionId !== undefined && versionId !== current?.versionId) {
        const old = join(besideOf(key), safeParts(versionId).join(''));
        for (const file of [old, `${old}.json`]) rmSync(file, { force: true });
        return;
      }
      if (current === undefined) return;
      if (versionId === undefined) keepOldVersion(key);
      rmSync(fileOf(key), { force: true });
      rmSync(join(besideOf(key), 'current.json'), { force: true });
      removeEmptyFolders(dirname(fileOf(key)), folder);
    },
  };
}

function factsOf(
  body: Buffer,
  { headers, etag }: { readonly headers: Readonly<Record<string, string>>; readonly etag?: string },
  modifiedAt: Date,
): ObjectFacts {
  return {
    etag: etag ?? createHash('md5').update(body).digest('hex'),
    size: body.length,
    modifiedAt: modifiedAt.toISOString(),
    versionId: randomUUID().replaceAll('-', ''),
    headers,
  };
}

function refuseUnless({ ifMatch, ifNoneMatch }: Condition, current: ObjectFacts | undefined): void {
  const failed = new BucketError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  if (ifNoneMatch === '*' && current !== undefined) throw failed;
  if (ifMatch === undefined) return;
  if (current === undefined) throw new BucketError(404, 'NoSuchKey', 'The specified key does not exist.');
  if (ifMatch !== '*' && ifMatch.replaceAll('"', '') !== current.etag) throw failed;
}

/** The parts of a key as names of folders and a file; a key that would leave the bucket's folder is refused. */
function safeParts(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part))) {
    throw new BucketError(
      400,
      'InvalidArgument',
      `the key ${key} cannot be a file on this machine; avoid empty parts, dots only, backslashes`,
    );
  }
  return parts;
}

function makeFolder(folder: string, key: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new BucketError(
      400,
      'InvalidArgument',
      `the key ${key} needs a folder where an object already lies as a file (${String(error)})`,
    );
  }
}

function removeEmptyFolders(folder: string, root: string): void {
  if (relative(root, folder) === '') return;
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  removeEmptyFolders(dirname(folder), root);
}
