import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cloud assembly made by hand, for tests: a stack's resources and the source of its functions. */
export type SmallStack = {
  readonly name: string;
  readonly resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object; readonly Condition?: string }>>;
  readonly template?: object;
  /** CommonJS source of each bundle, by asset name. */
  readonly bundles?: Readonly<Record<string, string>>;
  readonly dependencies?: readonly string[];
};

/** Writes `manifest.json`, templates, asset manifests and asset folders as a synthesis does. @returns the folder */
export function writeAssembly(folder: string, stacks: readonly SmallStack[]): string {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, value: unknown): void => writeFileSync(join(folder, file), JSON.stringify(value, undefined, 2));
  const artifacts = stacks.flatMap(({ name, resources, template, bundles = {}, dependencies = [] }) => {
    write(`${name}.template.json`, { ...template, Resources: resources });
    for (const [asset, source] of Object.entries(bundles)) {
      mkdirSync(join(folder, `asset.${asset}`), { recursive: true });
      writeFileSync(join(folder, `asset.${asset}`, 'index.js'), source);
    }
    const files = Object.keys(bundles).map((asset) => [
      asset,
      {
        source: { path: `asset.${asset}`, packaging: 'zip' },
        destinations: { current: { bucketName: 'assets', objectKey: `${asset}.zip` } },
      },
    ]);
    write(`${name}.assets.json`, { version: '48.0.0', files: Object.fromEntries(files) });
    return [
      [`${name}.assets`, { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } }],
      [
        name,
        {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: `${name}.template.json` },
          dependencies: [...dependencies, `${name}.assets`],
        },
      ],
    ];
  });
  write('manifest.json', { version: '48.0.0', artifacts: Object.fromEntries(artifacts) });
  return folder;
}

/** A function resource that runs a bundle. */
export const functionResource = (name: string, asset: string, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: `${asset}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/any',
    Timeout: 10,
    MemorySize: 256,
    ...more,
  },
});
