import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export const root = join(import.meta.dirname, '..');
const output = join(root, 'dist', 'functions');
const services = ['leads', 'pipeline', 'quota', 'forecast', 'reporting'] as const;

/** Where the bundle of a function lies after `bundleFunctions`. */
export const bundleOf = (service: string, handler: string): string => join(output, service, handler);

/** Every file in `handlers/` that exports a `handler` is a function; the relay and the operator's republish are the runtime's, for every service. */
const entries = (): Record<string, string> =>
  Object.fromEntries(
    services.flatMap((service) => {
      const folder = join(root, 'services', service, 'src', 'handlers');
      const own = readdirSync(folder)
        .filter(
          (file) =>
            file.endsWith('.ts') &&
            !file.endsWith('.test.ts') &&
            readFileSync(join(folder, file), 'utf8').includes('export const handler ='),
        )
        .map((file) => [`${service}/${file.replace(/\.ts$/, '')}/index`, join(folder, file)] as const);
      const runtime = (name: string) => [`${service}/${name}/index`, join(root, 'packages', 'runtime', 'src', `live-${name}.ts`)] as const;
      return [...own, runtime('relay'), runtime('republish')];
    }),
  );

/** One esbuild call for all functions. Returns kilobytes by function. CommonJS, because Node's own modules load faster through `require`. */
export const bundleFunctions = (): ReadonlyMap<string, number> => {
  if (existsSync(output)) rmSync(output, { recursive: true });
  const result = buildSync({
    entryPoints: entries(),
    outdir: output,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // ES modules first: what a function does not use of a package stays out. And Lambda hands its credentials over in the environment,
    // so the SDK’s other ways to find some (files, single sign-on, metadata services) stay out as well.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': join(root, 'packages', 'runtime', 'src', 'environment-credentials.ts') },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    absWorkingDir: root,
  });
  return new Map(
    Object.entries(result.metafile.outputs)
      .filter(([file]) => file.endsWith('.js'))
      .map(([file, { bytes }]) => [file.replace('dist/functions/', '').replace('/index.js', ''), Math.round(bytes / 1024)]),
  );
};
