import { createHash } from 'node:crypto';
import { manifest as manifestSchema, type Manifest } from '@meilenstein/contracts';
import { canonicalJson, runId, type Instant } from '@meilenstein/kernel';
import type { Bucket } from '@meilenstein/runtime';
import * as z from 'zod';
import type { Run, RunStore } from './run-store.ts';

export type ReportFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly controlTotals: Readonly<Record<string, number>>;
};

/** A report ready to be published. Nothing in it depends on when it was made. */
export type Edition = {
  readonly reportId: string;
  readonly period: { readonly label: string; readonly from: Instant; readonly until: Instant };
  readonly cutOff: Instant;
  readonly watermark: Instant | null;
  readonly currency: string;
  readonly kpis: readonly { readonly id: string; readonly version: number }[];
  readonly controlTotalUnits: NonNullable<Manifest['controlTotalUnits']>;
  readonly files: readonly ReportFile[];
};

const pointer = z.object({ version: z.int(), manifestKey: z.string(), manifestSha256: z.string() });
const mostVersions = 10_000;
const manifestName = 'manifest.json';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const folderOf = ({ reportId, period }: Edition, version: number): string => `reports/${reportId}/${period.label}/v${version}`;

/** The id of a run contains its parts, so that no look-up is needed. */
const runIdOf = (reportId: string, period: string, version: number): string => `${reportId}_${period}_${version}`;
export const partsOfRunId = (id: string): { readonly reportId: string; readonly period: string; readonly version: number } | undefined => {
  const [, reportId, period, version] = /^([a-z-]+)_([A-Z0-9-]+)_(\d{1,5})$/.exec(id) ?? [];
  return reportId === undefined || period === undefined ? undefined : { reportId, period, version: Number(version) };
};

const manifestOf = (edition: Edition, version: number): Manifest => ({
  reportId: edition.reportId,
  runId: runId.parse(runIdOf(edition.reportId, edition.period.label, version)),
  period: edition.period,
  version,
  cutOff: edition.cutOff,
  watermark: edition.watermark,
  currency: edition.currency,
  kpis: [...edition.kpis],
  controlTotalUnits: edition.controlTotalUnits,
  files: edition.files.map(({ name, bytes, rows, controlTotals }) => ({
    name,
    key: `${folderOf(edition, version)}/${name}`,
    bytes: bytes.length,
    sha256: sha256(bytes),
    rows,
    controlTotals: { ...controlTotals },
  })),
});

/** Stores reports in the bucket: the data first, then the manifest, then the pointer. Nothing is overwritten. */
export const reportStore = (bucket: Bucket, runs: RunStore) => {
  /** True where the object now exists with these bytes, whichever run has written it. */
  const putOnce = async (key: string, bytes: Uint8Array, contentType: string): Promise<boolean> => {
    if (await bucket.putNew(key, bytes, contentType)) return true;
    const there = await bucket.get(key);
    return there !== undefined && sha256(there.bytes) === sha256(bytes);
  };

  const readManifest = async (run: Run): Promise<Manifest> => {
    const stored = await bucket.get(run.manifestKey);
    if (stored === undefined) throw new Error(`${run.manifestKey} is missing in the bucket`);
    return manifestSchema.parse(JSON.parse(Buffer.from(stored.bytes).toString('utf8')));
  };

  const hasSameFiles = (there: Manifest, edition: Edition): boolean =>
    canonicalJson(there.files.map(({ name, sha256: hash }) => ({ name, hash }))) ===
    canonicalJson(edition.files.map(({ name, bytes }) => ({ name, hash: sha256(bytes) })));

  /** Moves the pointer forward, never backward. */
  const movePointer = async (edition: Edition, run: Run): Promise<void> => {
    const key = `reports/${edition.reportId}/${edition.period.label}/latest.json`;
    const bytes = Buffer.from(JSON.stringify(pointer.parse(run)));
    for (let tries = 0; tries < 5; tries += 1) {
      const there = await bucket.get(key);
      if (there !== undefined && pointer.parse(JSON.parse(Buffer.from(there.bytes).toString('utf8'))).version >= run.version) return;
      if (await bucket.swap(key, bytes, 'application/json', there?.etag ?? null)) return;
    }
    throw new Error(`${key}: other runs keep moving it`);
  };

  /** Writes one version; undefined where another run has used its number for other bytes. */
  const write = async (edition: Edition, version: number): Promise<Run | undefined> => {
    const folder = folderOf(edition, version);
    for (const { name, bytes } of edition.files)
      if (!(await putOnce(`${folder}/${name}`, bytes, 'text/csv; charset=utf-8'))) return undefined;
    const manifest = manifestOf(edition, version);
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const manifestKey = `${folder}/${manifestName}`;
    if (!(await putOnce(manifestKey, bytes, 'application/json'))) return undefined;
    return {
      reportId: edition.reportId,
      runId: manifest.runId,
      period: edition.period.label,
      version,
      cutOff: edition.cutOff,
      manifestKey,
      manifestSha256: sha256(bytes),
    };
  };

  return {
    readManifest,
    /** Publishes an edition. Answers the existing version where the files would be equal, otherwise the next one. */
    publish: async (edition: Edition): Promise<Run> => {
      const last = (await runs.of(edition.reportId, edition.period.label)).at(-1);
      if (last !== undefined && hasSameFiles(await readManifest(last), edition)) return last;
      for (let version = (last?.version ?? 0) + 1; version < mostVersions; version += 1) {
        const run = await write(edition, version);
        if (run === undefined) continue;
        await movePointer(edition, run);
        await runs.record(run);
        return run;
      }
      throw new Error(`${edition.reportId} ${edition.period.label}: ${mostVersions} versions`);
    },
    /** A presigned URL of a file of a run, or of its manifest; undefined where the run has no such file. */
    link: async (run: Run, name: string, validMillis: number) => {
      const key = name === manifestName ? run.manifestKey : (await readManifest(run)).files.find((file) => file.name === name)?.key;
      return key === undefined ? undefined : bucket.presignedGet(key, validMillis);
    },
  };
};
