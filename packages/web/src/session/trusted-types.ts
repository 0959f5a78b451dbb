type Factory = { readonly createPolicy: (name: string, rules: { readonly createHTML: (text: string) => string | null }) => unknown };

const hasFactory = (scope: object): scope is { readonly trustedTypes: Factory } => 'trustedTypes' in scope;

/**
 * React Aria empties its live regions by an empty `innerHTML`, which Trusted Types refuse without a policy. This one lets the empty text
 * through, which is no markup, and nothing else.
 */
export const allowEmptyMarkup = (): void => {
  const scope: object = globalThis;
  if (hasFactory(scope)) scope.trustedTypes.createPolicy('default', { createHTML: (text) => (text === '' ? text : null) });
};
