import * as z from 'zod';
import { type Operation, ServiceError } from '../endpoint/json-service.ts';
import { arnOf } from '../account-and-region.ts';
import type { Parameter, ParameterStore } from './parameter-store.ts';

const nameSchema = z.object({ Name: z.string() });
const putSchema = z.object({
  Name: z.string(),
  Value: z.string().min(1),
  Type: z.string().default('String'),
  Overwrite: z.boolean().default(false),
});
const pathSchema = z.object({
  Path: z.string(),
  Recursive: z.boolean().default(false),
  MaxResults: z.number().default(10),
  NextToken: z.string().default('0'),
});

/** Parameter Store's API, as far as services need it. */
export function parameterOperations(store: ParameterStore): Readonly<Record<string, Operation>> {
  return {
    'AmazonSSM.GetParameter': (input) => {
      const { Name } = nameSchema.parse(input);
      return { Parameter: toAnswer(Name, existing(store, Name)) };
    },
    'AmazonSSM.GetParameters': (input) => {
      const { Names } = z.object({ Names: z.array(z.string()).min(1).max(10) }).parse(input);
      const found = Names.flatMap((name) => {
        const parameter = store.get(name);
        return parameter === undefined ? [] : [toAnswer(name, parameter)];
      });
      return { Parameters: found, InvalidParameters: Names.filter((name) => store.get(name) === undefined) };
    },
    'AmazonSSM.PutParameter': (input) => {
      const { Name, Value, Type, Overwrite } = putSchema.parse(input);
      if (!Overwrite && store.get(Name) !== undefined) {
        throw new ServiceError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      return { Version: store.put(Name, Value, Type).version, Tier: 'Standard' };
    },
    'AmazonSSM.DeleteParameter': (input) => {
      const { Name } = nameSchema.parse(input);
      existing(store, Name);
      store.remove(Name);
      return {};
    },
    'AmazonSSM.GetParametersByPath': (input) => byPath(store, pathSchema.parse(input)),
  };
}

function existing(store: ParameterStore, name: string): Parameter {
  const parameter = store.get(name);
  if (parameter === undefined) throw new ServiceError('ParameterNotFound', `Parameter ${name} not found.`);
  return parameter;
}

function byPath(store: ParameterStore, { Path, Recursive, MaxResults, NextToken }: z.infer<typeof pathSchema>) {
  const prefix = Path.endsWith('/') ? Path : `${Path}/`;
  const names = store.names().filter((name) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')));
  const start = Number(NextToken);
  const end = start + MaxResults;
  return {
    Parameters: names.slice(start, end).map((name) => toAnswer(name, existing(store, name))),
    ...(end < names.length ? { NextToken: String(end) } : {}),
  };
}

function toAnswer(name: string, { type, value, version, changedAt }: Parameter) {
  const arn = arnOf('ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`);
  return {
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    ARN: arn,
    DataType: 'text',
    LastModifiedDate: Date.parse(changedAt) / 1000,
  };
}
