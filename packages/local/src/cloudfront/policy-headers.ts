import type { System } from '../assembly/system.ts';

type Policy = System['headerPolicies'][number]['properties']['ResponseHeadersPolicyConfig'];

/** The headers that a policy adds to every answer. */
export function policyHeaders({
  SecurityHeadersConfig: security = {},
  CustomHeadersConfig: custom,
}: Policy): Readonly<Record<string, string>> {
  const { ContentSecurityPolicy, ContentTypeOptions, ReferrerPolicy, StrictTransportSecurity } = security;
  return Object.fromEntries([
    ...(ContentSecurityPolicy === undefined ? [] : [['content-security-policy', ContentSecurityPolicy.ContentSecurityPolicy]]),
    ...(ContentTypeOptions === undefined ? [] : [['x-content-type-options', 'nosniff']]),
    ...(ReferrerPolicy === undefined ? [] : [['referrer-policy', ReferrerPolicy.ReferrerPolicy]]),
    ...(StrictTransportSecurity === undefined ? [] : [['strict-transport-security', transportSecurity(StrictTransportSecurity)]]),
    ...(custom?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value]),
  ]);
}

type TransportSecurity = NonNullable<NonNullable<Policy['SecurityHeadersConfig']>['StrictTransportSecurity']>;

/** Browsers do not act on it without TLS, so it may be sent here as well. */
const transportSecurity = ({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }: TransportSecurity): string =>
  [`max-age=${AccessControlMaxAgeSec}`, ...(IncludeSubdomains ? ['includeSubDomains'] : []), ...(Preload ? ['preload'] : [])].join('; ');
