import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const parameterSchema = z.object({
  type: z.string(),
  value: z.string(),
  version: z.number(),
  changedAt: z.string(),
  /** The value that a template gave last; absent for a parameter made through the API. */
  templateValue: z.string().optional(),
});

export type Parameter = z.infer<typeof parameterSchema>;

/** SSM parameters in one JSON file, which is not encrypted: it belongs into an ignored folder. */
export type ParameterStore = {
  readonly get: (name: string) => Parameter | undefined;
  readonly names: () => readonly string[];
  readonly put: (name: string, value: string, type: string) => Parameter;
  /** Sets what a template says, unless somebody changed the value since and the template still says the same. */
  readonly seed: (name: string, value: string, type: string) => void;
  readonly remove: (name: string) => boolean;
};

/** @param file nothing is kept without one */
export function openParameters(file: string | undefined): ParameterStore {
  const parameters = new Map(file === undefined ? [] : Object.entries(readParameters(file)));
  const save = (): void => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(parameters), undefined, 2)}\n`, { mode: 0o600 });
  };
  const write = (name: string, parameter: Omit<Parameter, 'version' | 'changedAt'>): Parameter => {
    const written = { ...parameter, version: (parameters.get(name)?.version ?? 0) + 1, changedAt: new Date().toISOString() };
    parameters.set(name, written);
    save();
    return written;
  };
  return {
    get: (name) => parameters.get(name),
    names: () => [...parameters.keys()].toSorted(),
    put: (name, value, type) => write(name, { ...parameters.get(name), value, type }),
    seed: (name, value, type) => {
      if (parameters.get(name)?.templateValue !== value) write(name, { value, type, templateValue: value });
    },
    remove: (name) => {
      const existed = parameters.delete(name);
      save();
      return existed;
    },
  };
}

function readParameters(file: string): Readonly<Record<string, Parameter>> {
  try {
    return z.record(z.string(), parameterSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file}: cannot be read as parameters; correct or remove it`, { cause: error });
  }
}
