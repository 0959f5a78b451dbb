import * as z from 'zod';

/** What CloudFormation tells the function of a custom resource. */
const deployment = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.object({ bucket: z.string(), config: z.record(z.string(), z.unknown()) }),
});

/** What a deployment says about the page: where it is to lie, and what only the deployment knows. */
export type PageDeployment = z.infer<typeof deployment>['ResourceProperties'];

/** Sends CloudFormation its answer. */
export type Answer = (url: string, body: string) => Promise<void>;

/**
 * Does the work of a deployment and tells CloudFormation how it ended: a deployment without an answer would hang for an hour. Nothing is
 * done when the stack is deleted, because the bucket and what lies in it belong to the edge.
 */
export const answerDeployment =
  (work: (properties: PageDeployment) => Promise<void>, answer: Answer) =>
  async (event: unknown): Promise<void> => {
    const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties } = deployment.parse(event);
    const failure = RequestType === 'Delete' ? undefined : await work(ResourceProperties).then(() => undefined, reasonOf);
    const outcome = failure === undefined ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: failure };
    await answer(ResponseURL, JSON.stringify({ ...outcome, PhysicalResourceId: 'page', StackId, RequestId, LogicalResourceId }));
  };

const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
