import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootCloud } from '../boot-cloud.ts';
import type { Cloud } from '../cloud.ts';
import { functionResource, writeAssembly } from '../testing/small-assembly.ts';
import { pathPattern } from './read-distribution.ts';
import { viewerFunction } from './viewer-function.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const script = `console.log(1);${' '.repeat(2_000)}`;

/** Lays three files down, counts how often it is called, and answers as CloudFormation expects it. */
const place = `
let calls = 0;
exports.handler = async ({ ResponseURL, ResourceProperties: { bucket, fails } }) => {
  calls += 1;
  const put = (key, body, type) => fetch(process.env.AWS_ENDPOINT_URL_S3 + '/' + bucket + '/' + key, { method: 'PUT', body, headers: {
    'content-type': type, 'cache-control': 'no-cache', authorization: 'AWS4-HMAC-SHA256 Credential=local/x/y/s3/aws4_request, Signature=any' } });
  await put('app/index.html', '<!doctype html>call ' + calls, 'text/html');
  await put('app/assets/a.js', ${JSON.stringify(script)}, 'text/javascript');
  const Status = fails === calls ? 'FAILED' : 'SUCCESS';
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status, Reason: 'no space' }) });
};`;

const code = `
async function handler(event) {
  const { request } = event;
  if (request.uri === '/') return { statusCode: 302, headers: { location: { value: '/app/' } } };
  if (typeof process !== 'undefined') throw new Error('sees Node');
  if (!request.uri.includes('.') && request.uri.startsWith('/app/')) request.uri = '/app/index.html';
  return request;
}`;

const behaviour = (more: object) => ({
  CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  TargetOriginId: 'files',
  ViewerProtocolPolicy: 'redirect-to-https',
  ResponseHeadersPolicyId: { Ref: 'Headers' },
  Compress: true,
  ...more,
});
const associations = { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Paths', 'FunctionARN'] } }] };

const resources = {
  Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
  Paths: {
    Type: 'AWS::CloudFront::Function',
    Properties: { Name: 'paths', AutoPublish: true, FunctionCode: code, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'headers',
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: {
              'Fn::Sub': 'connect-src https://${Distribution.DomainName} https://files.s3.${AWS::Region}.amazonaws.com',
            },
            Override: true,
          },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
        },
        CustomHeadersConfig: { Items: [{ Header: 'Own-Header', Value: 'own', Override: true }] },
      },
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          { Id: 'api', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }] } },
          { Id: 'files', DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] }, S3OriginConfig: { OriginAccessIdentity: '' } },
        ],
        DefaultCacheBehavior: behaviour({
          TargetOriginId: 'api',
          AllowedMethods: ['GET', 'POST'],
          ResponseHeadersPolicyId: { Ref: 'AWS::NoValue' },
          ...associations,
        }),
        CacheBehaviors: [
          behaviour({ PathPattern: '/app/assets/*', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }),
          behaviour({ PathPattern: '/app/*', ...associations }),
        ],
      },
    },
  },
  Place: functionResource('place', 'place'),
  Page: { Type: 'Custom::Files', Properties: { ServiceToken: arnOf('Place'), ServiceTimeout: '60', bucket: { Ref: 'Files' }, fails: 1 } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
};

describe('a distribution before a bucket and the API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distribution-'));
  let cloud: Cloud;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    fetch(`${cloud.apiUrl}${path}`, { method, headers: { 'accept-encoding': 'identity', ...headers }, redirect: 'manual' });

  beforeAll(async () => {
    const assembly = writeAssembly(join(folder, 'cdk.out'), [{ name: 'small', resources, bundles: { place } }]);
    cloud = await bootCloud({ assembly, dataFolder: join(folder, 'data'), inMemory: true });
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  test('says why files that were to be laid down are not there, and lays them down when they are asked for again', async () => {
    const failed = await get('/app/');
    expect([failed.status, await failed.text()]).toEqual([500, 'small/Page: no space\n']);
    expect(await (await get('/app/')).text()).toBe('<!doctype html>call 2');
    expect(await (await get('/app/')).text()).toBe('<!doctype html>call 2');
  });

  test('runs the function of a behaviour as it is deployed, without anything of Node', async () => {
    const start = await get('/');
    expect([start.status, start.headers.get('location')]).toEqual([302, '/app/']);
    expect(await (await get('/app/leads/7?tab=talks')).text()).toContain('<!doctype html>');
  });

  test('adds the headers of the policy to every answer of the behaviour, with addresses of this machine', async () => {
    const { port } = new URL(cloud.apiUrl);
    for (const path of ['/app/', '/app/assets/missing.js']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toBe(`connect-src http://localhost:${port} ${cloud.endpoints['AWS_ENDPOINT_URL_S3']}`);
      expect(headers.get('strict-transport-security')).toBe('max-age=60; includeSubDomains');
      expect(headers.get('own-header')).toBe('own');
    }
    expect((await get('/elsewhere')).headers.get('own-header')).toBeNull();
  });

  test('answers a missing file with 404 and no document', async () => {
    const missing = await get('/app/assets/missing.js');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/xml']);
    expect((await get('/app/%zz.js')).status).toBe(404);
    expect((await get('/app/..%2f..%2fsecret.txt')).status).toBe(404);
  });

  test('leaves what is not the page to the API', async () => {
    const answer = await get('/elsewhere');
    expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  test('compresses where its cache policy lets it, and the browser asks', async () => {
    const sizes = await Promise.all(
      ['br', 'gzip, deflate', 'identity'].map(async (accepted) => {
        const answer = await get('/app/assets/a.js', { 'accept-encoding': accepted });
        return [answer.headers.get('content-encoding'), Number(answer.headers.get('content-length')) < 200, await answer.text()];
      }),
    );
    expect(sizes).toEqual([
      ['br', true, script],
      ['gzip', true, script],
      [null, false, script],
    ]);
  });

  test('answers 304 to a browser that has the file already, in whichever encoding', async () => {
    for (const encoding of ['br', 'identity']) {
      const etag = (await get('/app/assets/a.js', { 'accept-encoding': encoding })).headers.get('etag') ?? '';
      const again = await get('/app/assets/a.js', { 'accept-encoding': encoding, 'if-none-match': etag });
      expect([again.status, await again.text(), again.headers.get('own-header')]).toEqual([304, '', 'own']);
    }
  });

  test('refuses a method that the behaviour does not allow', async () => {
    expect((await get('/app/', {}, 'POST')).status).toBe(403);
    const head = await get('/app/', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('a function of CloudFront', () => {
  const outcome = (source: string) =>
    viewerFunction('any', `function handler(event) { ${source} }`)({ method: 'GET', uri: '/a', headers: { host: 'h' } });

  test('may change the path, answer itself, and read headers', async () => {
    expect(await outcome("event.request.uri = '/b'; return event.request")).toEqual({ uri: '/b' });
    expect(await outcome("return { statusCode: 410, body: 'gone ' + event.request.headers.host.value }")).toEqual({
      status: 410,
      headers: {},
      body: 'gone h',
    });
  });

  test('fails the request when it runs too long or returns neither', async () => {
    await expect(outcome('for (;;) {}')).rejects.toThrow('timed out');
    await expect(outcome('return 7')).rejects.toThrow('expected object');
  });
});

test.each([
  ['/app/*', '/app/', true],
  ['/app/*', '/app', false],
  ['/app/*', '/application', false],
  ['/a?c.*', '/abc.js', true],
  ['*.js', '/x/y.js', true],
  ['*', '/', true],
])('the pattern %s and the path %s', (pattern, path, matches) => {
  expect(pathPattern(pattern)(path)).toBe(matches);
});
