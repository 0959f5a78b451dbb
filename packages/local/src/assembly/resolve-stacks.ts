import type { Stack } from './read-assembly.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { onThisMachine } from './local-addresses.ts';
import { type Addresses, type ResourceIdentity, resourceIdentities } from './resource-identities.ts';

export type Resource = {
  /** `<stack>/<logicalId>`, for messages. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  readonly ref: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly assetFolders: ReadonlyMap<string, string>;
};

type World = {
  readonly addresses: Addresses;
  readonly exports: Map<string, string>;
  readonly parameters: Map<string, string>;
};

/**
 * Resolves every intrinsic function of the stacks, in their order.
 * @param stacks in dependency order
 * @param parameters values of SSM parameters that exist before the first stack, by name
 * @returns the resources with plain properties
 * @throws `<stack>/<logicalId>: <what>` for a resource type or function that is not supported
 */
export function resolveStacks(
  stacks: readonly Stack[],
  addresses: Addresses,
  parameters: ReadonlyMap<string, string> = new Map(),
): readonly Resource[] {
  const world: World = { addresses, exports: new Map(), parameters: new Map(parameters) };
  return stacks.flatMap((stack) => resolveStack(stack, world));
}

function resolveStack(stack: Stack, world: World): readonly Resource[] {
  const scopeOf = (logicalId: string) => scopeIn(stack, world, logicalId);
  const resources = Object.entries(stack.template.Resources).flatMap(([logicalId, { Type, Properties, Condition }]) => {
    const scope = scopeOf(logicalId);
    if (Condition !== undefined && !scope.condition(Condition)) return [];
    const { name, ref } = identify(stack, world, logicalId);
    const properties = Object.fromEntries(
      Object.entries(Properties).flatMap(([key, value]) => {
        const resolved = resolve(value, scope);
        return resolved === undefined ? [] : [[key, onThisMachine(resolved, world.addresses)]];
      }),
    );
    return [{ path: scope.path, type: typeOf(Type), name, ref, properties, assetFolders: stack.assetFolders }];
  });
  for (const { type, name, properties } of resources) {
    if (type === 'AWS::SSM::Parameter') world.parameters.set(name, String(properties['Value']));
  }
  for (const [logicalId, { Value, Export }] of Object.entries(stack.template.Outputs)) {
    const scope = scopeOf(logicalId);
    if (Export !== undefined) world.exports.set(String(resolve(Export.Name, scope)), String(resolve(Value, scope)));
  }
  return resources;
}

/** A custom resource may have any name after its prefix. */
const typeOf = (type: string): string => (type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type);

function scopeIn(stack: Stack, world: World, logicalId: string): Scope {
  const path = `${stack.name}/${logicalId}`;
  const scope: Scope = {
    path,
    stackName: stack.name,
    reference: (id) => (id in stack.template.Parameters ? parameterValue(stack, world, id) : identify(stack, world, id).ref),
    attribute: (id, attribute) => {
      const value = identify(stack, world, id).attributes[attribute];
      if (value === undefined) throw new Error(`${path}: attribute ${attribute} of ${id} is not supported`);
      return value;
    },
    condition: (name) => {
      if (!(name in stack.template.Conditions)) throw new Error(`${path}: condition ${name} does not exist`);
      return resolve(stack.template.Conditions[name], scope) === true;
    },
    imported: (name) => {
      const value = world.exports.get(name);
      if (value === undefined) throw new Error(`${path}: no earlier stack exports ${name}`);
      return value;
    },
  };
  return scope;
}

function identify(stack: Stack, world: World, logicalId: string) {
  const path = `${stack.name}/${logicalId}`;
  const resource = stack.template.Resources[logicalId];
  if (resource === undefined) throw new Error(`${path}: referred to, but neither a resource nor a parameter of the stack`);
  const identity: ResourceIdentity | undefined = resourceIdentities[typeOf(resource.Type)];
  if (identity === undefined) throw new Error(`${path}: resource type ${resource.Type} is not supported`);
  const given = identity.nameProperty === undefined ? undefined : resource.Properties[identity.nameProperty];
  const derived = `${stack.name}-${logicalId}`;
  const name =
    given === undefined
      ? resource.Type === 'AWS::S3::Bucket'
        ? derived.toLowerCase()
        : derived
      : String(resolve(given, scopeIn(stack, world, logicalId)));
  return {
    name,
    ref: identity.ref?.(name, world.addresses) ?? name,
    attributes: identity.attributes?.(name, world.addresses) ?? {},
  };
}

function parameterValue(stack: Stack, world: World, id: string): unknown {
  const parameter = stack.template.Parameters[id];
  const path = `${stack.name}/${id}`;
  if (parameter?.Default === undefined) throw new Error(`${path}: the template parameter has no default`);
  if (parameter.Type.startsWith('AWS::SSM::Parameter::Value<')) {
    if (parameter.Type !== 'AWS::SSM::Parameter::Value<String>')
      throw new Error(`${path}: parameter type ${parameter.Type} is not supported`);
    const value = world.parameters.get(String(parameter.Default));
    if (value === undefined) throw new Error(`${path}: no earlier stack makes the SSM parameter ${parameter.Default}`);
    return value;
  }
  if (parameter.Type === 'CommaDelimitedList')
    return String(parameter.Default)
      .split(',')
      .map((part) => part.trim());
  if (parameter.Type !== 'String' && parameter.Type !== 'Number')
    throw new Error(`${path}: parameter type ${parameter.Type} is not supported`);
  return String(parameter.Default);
}
