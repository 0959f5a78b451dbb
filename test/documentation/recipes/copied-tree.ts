import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../architecture/imports.ts';

/** A copy of the sources in a temporary folder, whose packages refer to each other and to the installed dependencies. */
export type CopiedTree = {
  readonly folder: string;
  /** undefined where there is no such file */
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, text: string) => void;
  readonly remove: () => void;
};

const copied = ['packages', 'services', 'infra', 'package.json', 'tsconfig.base.json'];
const leftOut = ['cdk.out', 'dist', '.local'];

/** Copies the sources. The links between packages are relative, so that those of the copy lead into the copy. */
export const copyTree = (): CopiedTree => {
  const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  for (const name of copied)
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leftOut.some((name) => source.endsWith(`/${name}`)),
    });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return {
    folder,
    read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined),
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};

/** A new service gets the dependencies of another one, as an installation would give them. */
export const linkDependencies = ({ folder }: CopiedTree, service: string): void => {
  const [from, to] = ['quota', service].map((name) => join(folder, 'services', name, 'node_modules'));
  if (from !== undefined && to !== undefined && !existsSync(to)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
};
