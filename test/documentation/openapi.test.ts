import { allApis, openApiOf } from '@meilenstein/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const operation = z.looseObject({
  description: z.string(),
  requestBody: z.unknown().optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean(), description: z.string().optional() })),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
});
const document = openApiOf(allApis);
const paths = z.record(z.string(), z.record(z.string(), operation)).parse(document['paths']);
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ key: `${method} ${path}`, method, ...one })),
);
const of = (key: string) => operations.find((one) => one.key === key);

describe('the OpenAPI document', () => {
  it('fits the official schema of OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(await validator.validate({ ...document, paths: { '/leads': { get: { responses: 'none' } } } })).toMatchObject({ valid: false });
  });

  it('requires no request body for a route without one', () => {
    expect(operations.filter((one) => one.method === 'get' && one.requestBody !== undefined).map((one) => one.key)).toEqual([]);
  });

  it('says of each route without a token what proves the caller instead', () => {
    expect(of('post /webhooks/{sourceId}')).toMatchObject({
      description: 'No token: the sender signs the body.',
      requestBody: { required: true },
    });
    for (const path of ['/consents/{token}', '/consents/{token}/withdraw', '/webhooks/{sourceId}', '/webhooks/{sourceId}/stamp'])
      expect(of(`get ${path}`)?.description).toMatch(/^No token: (?!the sender signs)/);
  });

  it('A16: says that the pages of consent are HTML', () => {
    for (const method of ['get', 'post'])
      for (const path of ['/consents/{token}', '/consents/{token}/withdraw'])
        expect(Object.keys(Object(of(`${method} ${path}`)?.responses['200']?.content))).toEqual(['text/html']);
  });

  it('offers both ways to create a document, and requires the version for a command', () => {
    const headers = (key: string) =>
      of(key)
        ?.parameters.filter((one) => one.in === 'header')
        .map(({ name, required }) => [name, required]);
    expect(headers('put /processes/{processId}')).toEqual([
      ['If-Match', false],
      ['If-None-Match', false],
    ]);
    expect(headers('post /opportunities/{opportunityId}/lose')).toEqual([
      ['If-Match', true],
      ['Idempotency-Key', false],
    ]);
  });

  it('documents Accept-Language on each route whose answer has texts for people, and on no other', () => {
    const hasHeader = (key: string) => of(key)?.parameters.some((one) => one.name === 'Accept-Language');
    for (const key of ['get /leads/{leadId}', 'post /routing/rehearse', 'post /points/rehearsal', 'post /qualification/rehearsal'])
      expect([key, hasHeader(key)]).toEqual([key, true]);
    expect(hasHeader('get /leads')).toBe(false);
  });

  it('says what a repeated Idempotency-Key gets, with and without a secret in the answer', () => {
    const repetition = (key: string) => of(key)?.parameters.find((one) => one.name === 'Idempotency-Key')?.description;
    expect(repetition('post /opportunities')).toMatch(/gets the status, `Location` and `ETag` of the first answer .* without a body/);
    expect(repetition('post /opportunities/imports')).toMatch(/gets the first answer again/);
    for (const key of ['post /sources', 'post /sources/{sourceId}/secrets']) {
      expect(repetition(key)).toMatch(/changes nothing and gets 409 `answer-given-once`.*POST \/sources\/\{sourceId\}\/secrets/);
      expect(of(key)?.responses['409']?.description).toBe('idempotency-key-reused · answer-given-once');
    }
    expect(of('post /submissions/{submissionId}/release')?.responses['409']?.description).toBe(
      'idempotency-key-reused · submission-not-quarantined',
    );
  });
});
