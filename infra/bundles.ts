import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildSync } from 'esbuild';

export const root = join(import.meta.dirname, '..');
const output = join(root, 'dist', 'functions');
const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;

/** Where the bundle of a function lies after `bundleFunctions`. */
export const bundleOf = (service: string, handler: string): string => join(output, service, handler);

/** Every file in `functions/` is a function; the relay and the operator's republish are the runtime's, for every service. */
const entries = (): Record<string, string> =>
  Object.fromEntries(
    services.flatMap((service) => {
      const folder = join(root, 'services', service, 'src', 'functions');
      const own = readdirSync(folder).map((file) => [`${service}/${file.replace(/\.ts$/, '')}/index`, join(folder, file)] as const);
      const runtime = (name: string) => [`${service}/${name}/index`, join(root, 'packages', 'runtime', 'src', `live-${name}.ts`)] as const;
      return [...own, runtime('relay'), runtime('republish')];
    }),
  );

/** One esbuild call for several functions. CommonJS, because Node's own modules load faster through `require`. Returns bytes by file in `outdir`. */
export const bundle = (entryPoints: Readonly<Record<string, string>>, outdir: string): ReadonlyMap<string, number> => {
  const result = buildSync({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // ES modules first: what a function does not use of a package stays out. And Lambda hands its credentials over in the environment,
    // so the SDK’s other ways to find some (files, single sign-on, metadata services) stay out as well.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': join(root, 'packages', 'runtime', 'src', 'environment-credentials.ts') },
    // The SDK loads `node:http` by a dynamic import. As a module it gets every export read, and one of them loads the whole of undici.
    supported: { 'dynamic-import': false },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    absWorkingDir: root,
  });
  return new Map(
    Object.entries(result.metafile.outputs)
      .filter(([file]) => file.endsWith('.js'))
      .map(([file, { bytes }]) => [relative(outdir, join(root, file)), bytes]),
  );
};

/** What esbuild does where one only asks it to bundle and to minify. Returns bytes. */
export const bundlePlainly = (file: string, outfile: string): number => {
  const nodePaths = [join(root, 'packages', 'runtime', 'node_modules')];
  const result = buildSync({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    minify: true,
    nodePaths,
    metafile: true,
    logLevel: 'error',
    absWorkingDir: root,
  });
  return Object.values(result.metafile.outputs)[0]?.bytes ?? Number.NaN;
};

/** Bundles every function. Returns kilobytes by function. */
export const bundleFunctions = (): ReadonlyMap<string, number> => {
  if (existsSync(output)) rmSync(output, { recursive: true });
  return new Map([...bundle(entries(), output)].map(([file, bytes]) => [file.replace('/index.js', ''), Math.round(bytes / 1024)]));
};
