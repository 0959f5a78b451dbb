import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .looseObject({ templateFile: z.string().optional(), stackName: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Rules: z.unknown().optional(),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z
    .record(
      z.string(),
      z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}), Condition: z.string().optional() }),
    )
    .default({}),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown().optional(), Export: z.object({ Name: z.unknown().optional() }).optional() }))
    .default({}),
});

const assetsSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

type Template = z.infer<typeof templateSchema>;

export type Stack = {
  readonly name: string;
  readonly template: Template;
  /** Folder of each zip asset by the S3 object key under which a deployment would upload it. */
  readonly assetFolders: ReadonlyMap<string, string>;
};

type Artifact = z.infer<typeof manifestSchema>['artifacts'][string];

/** What a synthesis leaves behind for its own tools and that describes nothing to run. */
const silentArtifacts = new Set(['cdk:tree', 'cdk:feature-flag-report', 'cdk:asset-manifest']);
const stackArtifact = 'aws:cloudformation:stack';

/**
 * Reads a synthesized cloud assembly.
 * @param folder the `cdk.out` folder
 * @returns the stacks, each after those it depends on
 */
export function readAssembly(folder: string): readonly Stack[] {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${file}: no cloud assembly here; synthesize first (node infra/app.ts)`);
  const { artifacts } = read(file, manifestSchema);
  for (const [id, { type }] of Object.entries(artifacts)) {
    if (type !== stackArtifact && !silentArtifacts.has(type)) throw new Error(`${id}: artifacts of type ${type} are not supported`);
  }
  return inDependencyOrder(artifacts).flatMap((id) => {
    const artifact = artifacts[id];
    return artifact?.type === stackArtifact ? [readStack(folder, id, artifact, artifacts)] : [];
  });
}

function readStack(folder: string, id: string, artifact: Artifact, artifacts: Readonly<Record<string, Artifact>>): Stack {
  if (artifact.properties?.templateFile === undefined) throw new Error(`${id}: the manifest names no templateFile`);
  const assetFolders = new Map<string, string>();
  for (const dependency of artifact.dependencies) {
    const manifest = artifacts[dependency];
    if (manifest?.type !== 'cdk:asset-manifest' || manifest.properties?.file === undefined) continue;
    const { files } = read(join(folder, manifest.properties.file), assetsSchema);
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) assetFolders.set(objectKey, resolve(folder, source.path));
    }
  }
  return {
    name: artifact.properties.stackName ?? id,
    template: read(join(folder, artifact.properties.templateFile), templateSchema),
    assetFolders,
  };
}

function inDependencyOrder(artifacts: Readonly<Record<string, Artifact>>): readonly string[] {
  const ordered = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    if (ordered.has(id)) return;
    if (trail.includes(id)) throw new Error(`${[...trail, id].join(' -> ')}: stacks depend on each other in a circle`);
    for (const dependency of artifacts[id]?.dependencies ?? []) visit(dependency, [...trail, id]);
    ordered.add(id);
  };
  for (const id of Object.keys(artifacts)) visit(id, []);
  return [...ordered];
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
