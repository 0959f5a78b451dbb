import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { checkWithNag } from './acknowledge.ts';
import { builtPage } from './built-page.ts';
import { bundleFunctions } from './bundles.ts';
import { root } from './kept-folder.ts';
import { checkPageSize } from './page-size.ts';
import { stageNames, stages, type Stage } from './stages.ts';
import { addSystem } from './system.ts';

/** The whole system with what checks it: cdk-nag, and the template rules that run at the synthesis. */
export const compose = (app: App, stage: Stage): App => {
  addSystem(app, stage);
  checkWithNag(app, stage);
  return app;
};

/** Bundles and synthesizes a stage into a folder. Progress goes to standard error, which the CDK command shows. */
const synthesize = (stage: Stage, folder: string): void => {
  const sizes = [...bundleFunctions()].toSorted(([, a], [, b]) => b - a);
  console.error(
    `bundled ${sizes.length} functions, the largest ${sizes[0]?.join(' ')} KB, intake ${new Map(sizes).get('leads/intake') ?? 0} KB`,
  );
  console.error(`first load of the page ${checkPageSize(builtPage()).firstLoad.toFixed(1)} KB`);
  const app = new App({ outdir: folder, analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const { stacks } = compose(app, stage).synth();
  console.error(`synthesized ${stacks.length} stacks for ${stage.name} into ${folder}`);
};

if (import.meta.main) {
  const name = stageNames.find((one) => one === (process.env['STAGE'] ?? 'dev'));
  if (name === undefined) throw new Error(`STAGE ${process.env['STAGE']}: is none of ${stageNames.join(', ')}`);
  synthesize(stages[name], process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out'));
}
