import { accountId, region } from '../account-and-region.ts';

/** What the functions of a template may ask while they are being resolved. */
export type Scope = {
  /** `<stack>/<logicalId>`, for messages. */
  readonly path: string;
  readonly stackName: string;
  readonly reference: (logicalId: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly condition: (name: string) => boolean;
  readonly imported: (name: string) => string;
};

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => reference(asText(name, scope), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = Array.isArray(argument) ? argument : asText(argument, scope).split('.');
    return scope.attribute(asText(logicalId, scope), asText(attribute, scope));
  },
  'Fn::Sub': (argument, scope) => (Array.isArray(argument) ? substitute(argument[0], argument[1], scope) : substitute(argument, {}, scope)),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = asList(argument, scope);
    return asList(resolve(parts, scope), scope)
      .map((part) => asText(part, scope))
      .join(asText(separator, scope));
  },
  'Fn::Select': (argument, scope) => {
    const [index, parts] = asList(argument, scope);
    return asList(resolve(parts, scope), scope)[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = asList(argument, scope);
    return asText(resolve(text, scope), scope).split(asText(separator, scope));
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = asList(argument, scope);
    return resolve(scope.condition(asText(condition, scope)) ? whenTrue : whenFalse, scope);
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(asText(resolve(argument, scope), scope)),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = asList(argument, scope);
    return asText(resolve(left, scope), scope) === asText(resolve(right, scope), scope);
  },
  'Fn::And': (argument, scope) => asList(argument, scope).every((part) => resolve(part, scope) === true),
  'Fn::Or': (argument, scope) => asList(argument, scope).some((part) => resolve(part, scope) === true),
  'Fn::Not': (argument, scope) => resolve(asList(argument, scope)[0], scope) !== true,
};

const pseudoParameters: Readonly<Record<string, (scope: Scope) => unknown>> = {
  'AWS::AccountId': () => accountId,
  'AWS::Region': () => region,
  'AWS::Partition': () => 'aws',
  'AWS::URLSuffix': () => 'amazonaws.com',
  'AWS::StackName': (scope) => scope.stackName,
  'AWS::StackId': (scope) => `arn:aws:cloudformation:${region}:${accountId}:stack/${scope.stackName}/local`,
  'AWS::NotificationARNs': () => [],
  'AWS::NoValue': () => undefined,
};

/**
 * Resolves a template value: every intrinsic function below it is replaced by its result.
 * @returns the plain value; `AWS::NoValue` removes the property or list entry it stands in
 * @throws when a function is not supported or its argument has the wrong form, naming the resource
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((part) => resolve(part, scope)).filter((part) => part !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [''];
  if (entries.length === 1 && name === 'Condition' && typeof argument === 'string') return scope.condition(argument);
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined) throw new Error(`${scope.path}: ${name} is not supported`);
    return intrinsic(argument, scope);
  }
  return Object.fromEntries(
    entries.flatMap(([key, part]) => {
      const resolved = resolve(part, scope);
      return resolved === undefined ? [] : [[key, resolved]];
    }),
  );
}

function reference(name: string, scope: Scope): unknown {
  const pseudo = pseudoParameters[name];
  return pseudo === undefined ? scope.reference(name) : pseudo(scope);
}

function substitute(text: unknown, own: unknown, scope: Scope): string {
  const variables = new Map(Object.entries(typeof own === 'object' && own !== null ? own : {}));
  return asText(text, scope).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (variables.has(name)) return asText(resolve(variables.get(name), scope), scope);
    const [logicalId = name, ...attribute] = name.split('.');
    return asText(attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : reference(name, scope), scope);
  });
}

function asText(value: unknown, scope: Scope): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${scope.path}: expected text in a template function but found ${JSON.stringify(value)}`);
}

function asList(value: unknown, scope: Scope): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${scope.path}: expected a list in a template function but found ${JSON.stringify(value)}`);
}
