// Synthesizes the dev stage for this machine: node infra/assemble.ts <shared|separate> <folder> <final>, where <final>
// is the folder to which it will be moved. A program of its own, so that whoever
// wants an assembly neither loads CDK when there is one already nor keeps the memory that it took.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions, bundlesContext, bundleShared } from './bundles.ts';
import { stages } from './stages.ts';
import { addSystem } from './system.ts';

const [kind, folder, final] = process.argv.slice(2);
if (folder === undefined || final === undefined || (kind !== 'shared' && kind !== 'separate'))
  throw new Error(`usage: node infra/assemble.ts <shared|separate> <folder> <final>, got ${process.argv.slice(2).join(' ')}`);

// The checks of templates cost three quarters of a synthesis and change nothing in it: `npm run synth` and the tests of infra run them.
process.env['CDK_VALIDATION'] = 'false';
const bundles = join(folder, 'functions');
if (kind === 'shared') await bundleShared(bundles);
else bundleFunctions(bundles);
const app = new App({
  outdir: join(folder, 'cdk.out'),
  analyticsReporting: false,
  treeMetadata: false,
  // The bundles are used where they lie: those that share code find it beside them.
  context: { [bundlesContext]: bundles, 'aws:cdk:disable-asset-staging': true },
});
const { directory } = addSystem(app, stages.dev).synth();
// Bundles that are used where they lie are named by absolute paths.
for (const file of globSync('*.assets.json', { cwd: directory })) {
  const manifest = join(directory, file);
  writeFileSync(
    manifest,
    readFileSync(manifest, 'utf8').replaceAll(JSON.stringify(folder).slice(1, -1), JSON.stringify(final).slice(1, -1)),
  );
}
