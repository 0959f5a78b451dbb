import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { accountId, region } from '../account-and-region.ts';
import type { System } from '../assembly/system.ts';
import { readBody } from '../endpoint/read-body.ts';
import type { Outcome } from '../functions/outcome.ts';

export const customResourcesPath = '/custom-resources';

const answer = z.object({ Status: z.literal(['SUCCESS', 'FAILED']), Reason: z.string().optional() });

type Options = {
  /** address below which functions send their answers */
  readonly url: string;
  readonly invoke: (functionArn: string, payload: string) => Promise<Outcome>;
};

export type CustomResources = {
  /**
   * Calls the function of each custom resource as CloudFormation does, once; comes back when all have answered. Not at the start, because
   * most of those who boot a cloud never ask for what such a function lays down.
   * @throws with the path of the resource that could not be made; the next call tries again
   */
  readonly made: () => Promise<void>;
  readonly answer: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

export function createCustomResources(resources: System['customResources'], { url, invoke }: Options): CustomResources {
  const answers = new Map<string, z.infer<typeof answer>>();
  const make = async ({ path, properties }: System['customResources'][number]): Promise<void> => {
    const [stack = '', logicalId = ''] = path.split('/');
    const requestId = randomUUID();
    const event = {
      RequestType: 'Create',
      ResponseURL: `${url}/${requestId}`,
      StackId: `arn:aws:cloudformation:${region}:${accountId}:stack/${stack}/local`,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: 'AWS::CloudFormation::CustomResource',
      ResourceProperties: properties,
    };
    const outcome = await invoke(properties.ServiceToken, JSON.stringify(event));
    const given = answers.get(requestId);
    answers.delete(requestId);
    if (outcome.failed) throw new Error(`${path}: ${outcome.payload}`);
    if (given?.Status !== 'SUCCESS') throw new Error(`${path}: ${given?.Reason ?? 'the function ended without an answer'}`);
  };
  let running: Promise<void> | undefined;
  const makeAll = async (): Promise<void> => {
    for (const resource of resources) await make(resource);
  };
  return {
    made: () => {
      running ??= makeAll().catch((error: unknown) => {
        running = undefined;
        throw error;
      });
      return running;
    },
    answer: async (path, request, response) => {
      const requestId = path.slice(customResourcesPath.length + 1);
      answers.set(requestId, answer.parse(JSON.parse((await readBody(request)).toString('utf8'))));
      response.writeHead(200).end();
    },
  };
}
