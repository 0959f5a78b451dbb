import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/** A parameter of a stack that may be left empty, and the condition that it was. */
export type OptionalParameter = { readonly value: string; readonly isEmpty: CfnCondition };

/** @param condition the logical id of the condition that the parameter is empty */
export const optionalParameter = (scope: Stack, id: string, condition: string, description: string): OptionalParameter => {
  const { valueAsString: value } = new CfnParameter(scope, id, { default: '', description });
  return { value, isEmpty: new CfnCondition(scope, condition, { expression: Fn.conditionEquals(value, '') }) };
};

/** The parameter where one was given, else our own. */
export const given = ({ value, isEmpty }: OptionalParameter, own: string): string =>
  Fn.conditionIf(isEmpty.logicalId, own, value).toString();

/** Scheme and host of an address, which may only be known when the stack is deployed. */
export const originOf = (address: string): string =>
  Fn.join(
    '//',
    [0, 2].map((part) => Fn.select(part, Fn.split('/', address))),
  );
