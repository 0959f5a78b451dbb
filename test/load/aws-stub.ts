import { createServer } from 'node:http';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '@meilenstein/runtime';
import { packed } from '@meilenstein/runtime/table/packed-item';

/** Answers the few calls that the intake function makes, at once and always the same, so that only the caller is measured. */
export const awsStub = async (source: Item, secret: string): Promise<{ readonly url: string; readonly stop: () => void }> => {
  const answers: Readonly<Record<string, unknown>> = {
    'DynamoDB_20120810.GetItem': { Item: marshall(packed(source), { removeUndefinedValues: true }) },
    'DynamoDB_20120810.PutItem': {},
    'AmazonSSM.GetParameter': { Parameter: { Name: 'secret', Type: 'SecureString', Value: secret, Version: 1 } },
  };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const body = answers[String(request.headers['x-amz-target'])];
      response.writeHead(body === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body ?? { __type: 'ValidationException', message: String(request.headers['x-amz-target']) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
};
