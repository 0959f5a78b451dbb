import * as z from 'zod';
import { invalid, unsupported } from '../database-error.ts';

/** One operation of the API: the request's JSON value in, the answer's JSON text out. */
export type Operation = (input: unknown) => string;

/** Attributes by name, whose values are read later. */
export const attributes = z.record(z.string(), z.unknown());

export const placeholders = {
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: attributes.optional(),
};

/** An operation that refuses each parameter it does not know, by name. */
export const operation =
  <Schema extends z.ZodType>(name: string, schema: Schema, run: (input: z.output<Schema>) => string): Operation =>
  (input) => {
    const read = schema.safeParse(input);
    if (read.success) return run(read.data);
    const [issue] = read.error.issues;
    if (issue?.code === 'unrecognized_keys')
      throw unsupported(`the parameter ${[...issue.path, ...issue.keys.slice(0, 1)].join('.')} of ${name}`);
    throw invalid(`${name}: ${issue?.path.join('.')}: ${issue?.message}`);
  };

/** DynamoDB's sentence for a parameter outside its bounds. */
export const constraint = (value: string, parameter: string, rule: string): Error =>
  invalid(`1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must have ${rule}`);
