import { expect, it } from 'vitest';
import { answerDeployment } from './answer-deployment.ts';

const event = (RequestType: string) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Files',
  ResourceProperties: { ServiceToken: 'arn', bucket: 'page', config: { stage: 'dev' } },
});

const answered = async (requestType: string, work: () => Promise<void>) => {
  const answers: unknown[] = [];
  await answerDeployment(work, async (url, body) => void answers.push([url, JSON.parse(body)]))(event(requestType));
  return answers;
};

it.each(['Create', 'Update'])('a deployment that succeeds is answered as a success (%s)', async (requestType) => {
  expect(await answered(requestType, async () => undefined)).toEqual([
    [
      'https://cloudformation.example/answer',
      { Status: 'SUCCESS', PhysicalResourceId: 'page', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Files' },
    ],
  ]);
});

it('a deployment that fails is answered with the reason, so that CloudFormation rolls back', async () => {
  const fails = async () => Promise.reject(new Error('access denied'));
  expect(await answered('Update', fails)).toMatchObject([[expect.any(String), { Status: 'FAILED', Reason: 'Error: access denied' }]]);
});

it('a stack that is deleted leaves the files where they are', async () => {
  const fails = async () => Promise.reject(new Error('must not be called'));
  expect(await answered('Delete', fails)).toMatchObject([[expect.any(String), { Status: 'SUCCESS' }]]);
});
