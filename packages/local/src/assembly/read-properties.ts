import type * as z from 'zod';
import type { Resource } from './resolve-stacks.ts';

/**
 * Reads a resource's properties with the schema of what the local cloud implements.
 * @param ignored properties that mean nothing on one machine
 * @throws `<stack>/<logicalId>: <what is not supported>` for any other property
 */
export function readProperties<Schema extends z.ZodType>(resource: Resource, schema: Schema, ignored: readonly string[]): z.infer<Schema> {
  const relevant = Object.fromEntries(Object.entries(resource.properties).filter(([key]) => !ignored.includes(key)));
  const parsed = schema.safeParse(relevant);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (place === '' ? key : `${place}.${key}`));
    throw new Error(`${resource.path}: ${resource.type} property ${names.join(', ')} is not supported`);
  }
  throw new Error(`${resource.path}: ${resource.type} property ${place}: ${issue?.message}`);
}
