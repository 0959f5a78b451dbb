import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, sep } from 'node:path';
import { build, buildSync, type BuildOptions, type Plugin } from 'esbuild';
import { builtPage } from './built-page.ts';
import { root } from './kept-folder.ts';

/** Where the bundles that are deployed lie. */
const deployable = join(root, 'dist', 'functions');
const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;

/** The context of a CDK app that says in which folder the bundles lie; without it they are those that are deployed. */
export const bundlesContext = 'meilenstein:bundles';

/** Where the bundle of a function lies. @param context what the app's context says under `bundlesContext` */
export const bundleOf = (context: unknown, service: string, handler: string): string =>
  join(typeof context === 'string' ? context : deployable, service, handler);

/** The function that lays the page's files down; it carries them in its own bundle, in the folder `page`. */
const deployPage = 'page/deploy-page';

const runtimeFunction = (name: string): string => join(root, 'packages', 'runtime', 'src', 'live', `live-${name}.ts`);

/**
 * Every file in `functions/` is a function; the relay and the operator's republish are the runtime's, for every service, and so are the
 * functions of the edge and the page.
 */
const entries = (): Record<string, string> => ({
  [`${deployPage}/index`]: runtimeFunction('deploy-page'),
  'edge/answer-unserved/index': runtimeFunction('answer-unserved'),
  ...Object.fromEntries(
    services.flatMap((service) => {
      const folder = join(root, 'services', service, 'src', 'functions');
      const own = readdirSync(folder).map((file) => [`${service}/${file.replace(/\.ts$/, '')}/index`, join(folder, file)] as const);
      const runtime = (name: string) => [`${service}/${name}/index`, runtimeFunction(name)] as const;
      return [...own, runtime('relay'), runtime('republish')];
    }),
  ),
});

/** Vite's own notes on the build, in a folder with a dot, are not part of the page. */
const addPage = (outdir: string): void =>
  cpSync(builtPage(), join(outdir, deployPage, 'page'), { recursive: true, filter: (file) => !file.endsWith(`${sep}.vite`) });

/** What every way of bundling has in common. */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // ES modules first: what a function does not use of a package stays out. And Lambda hands its credentials over in the environment,
  // so the SDK’s other ways to find some (files, single sign-on, metadata services) stay out as well.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(root, 'packages', 'runtime', 'src', 'adapters', 'environment-credentials.ts') },
  logLevel: 'error',
  absWorkingDir: root,
} as const satisfies BuildOptions;

/** One esbuild call for several functions. CommonJS, because Node's own modules load faster through `require`. Returns bytes by file in `outdir`. */
export const bundle = (entryPoints: Readonly<Record<string, string>>, outdir: string): ReadonlyMap<string, number> => {
  const result = buildSync({
    ...common,
    entryPoints,
    outdir,
    format: 'cjs',
    minify: true,
    // The SDK loads `node:http` by a dynamic import. As a module it gets every export read, and one of them loads the whole of undici.
    supported: { 'dynamic-import': false },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
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

/** Bundles every function as it is deployed. @param outdir the folder, which is emptied before. Returns kilobytes by function. */
export const bundleFunctions = (outdir: string = deployable): ReadonlyMap<string, number> => {
  if (existsSync(outdir)) rmSync(outdir, { recursive: true });
  const bytesOf = bundle(entries(), outdir);
  addPage(outdir);
  return new Map([...bytesOf].map(([file, bytes]) => [file.replace('/index.js', ''), Math.round(bytes / 1024)]));
};

/** Node's own modules by a function call: as imports of an ES module every export of theirs is read, and one of them loads the whole of undici. */
const builtins: Plugin = {
  name: 'builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path }) =>
      path.startsWith('node:') || builtinModules.includes(path) ? { path, namespace: 'builtin', sideEffects: false } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule('${path}')` }));
  },
};

/**
 * Bundles every function in one pass for this machine: ES modules that share what they have in common, readable, a tenth of the size
 * and in a fraction of the time.
 * @param outdir the folder to write to
 * @returns how many functions there are
 */
export const bundleShared = async (outdir: string): Promise<number> => {
  const entryPoints = entries();
  await build({
    ...common,
    entryPoints,
    outdir,
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [builtins],
  });
  addPage(outdir);
  return Object.keys(entryPoints).length;
};
