import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '@meilenstein/infra/bundles';
import { compose } from '@meilenstein/infra';
import { stages, type StageName } from '@meilenstein/infra/stages';
import * as z from 'zod';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const template = z.looseObject({ Resources: z.record(z.string(), resource), Outputs: z.record(z.string(), z.unknown()).optional() });

export type Resource = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
};

let bundled = false;

/** Every resource of every stack of a stage, as synthesized. cdk-nag and the template rules run with it and throw on a finding. */
export const resourcesOf = (name: StageName): readonly Resource[] => {
  if (!bundled) bundleFunctions();
  bundled = true;
  const app = compose(new App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } }), stages[name]);
  return app.synth().stacks.flatMap((stack) =>
    Object.entries(template.parse(stack.template).Resources).map(([id, { Type, Properties, DeletionPolicy }]) => ({
      stack: stack.stackName,
      id,
      type: Type,
      properties: Properties,
      deletionPolicy: DeletionPolicy,
    })),
  );
};

/** The text of a resource's properties, for what is nested. */
export const textOf = (resource: Resource): string => JSON.stringify(resource.properties);
