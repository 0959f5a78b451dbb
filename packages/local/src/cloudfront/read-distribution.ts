import { cachePolicies } from '../assembly/edge-resources.ts';
import type { System } from '../assembly/system.ts';
import { region } from '../account-and-region.ts';
import { policyHeaders } from './policy-headers.ts';
import { viewerFunction, type ViewerFunction } from './viewer-function.ts';

export type Behaviour = {
  readonly matches: (path: string) => boolean;
  readonly origin: { readonly bucket: string } | 'api';
  readonly methods: readonly string[];
  readonly before: ViewerFunction | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly compresses: boolean;
};

type Config = System['distributions'][number]['properties']['DistributionConfig'];
type Described = Config['DefaultCacheBehavior'] & { readonly PathPattern?: string };

/**
 * How the one distribution of the system answers, the first behaviour that matches deciding; the last one matches everything.
 * @throws when there is more than one, or a behaviour names what does not exist
 */
export function readDistribution(system: System, apiUrl: string): readonly Behaviour[] | undefined {
  const [distribution, second] = system.distributions;
  if (second !== undefined) throw new Error(`${second.path}: a second distribution is not supported`);
  if (distribution === undefined) return undefined;
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = distribution.properties.DistributionConfig;
  const read = (described: Described): Behaviour => {
    const origin = Origins.find(({ Id }) => Id === described.TargetOriginId);
    if (origin === undefined) throw new Error(`${distribution.path}: origin ${described.TargetOriginId} does not exist`);
    return {
      matches: pathPattern(described.PathPattern ?? '*'),
      origin: originOf(system, origin.DomainName, new URL(apiUrl).host, distribution.path),
      methods: described.AllowedMethods,
      before: functionOf(system, described, distribution.path),
      headers: headersOf(system, described, distribution.path),
      compresses: described.Compress && described.CachePolicyId === cachePolicies.cachingOptimized,
    };
  };
  return [...CacheBehaviors.map(read), read(DefaultCacheBehavior)];
}

function originOf(system: System, domain: string, apiHost: string, path: string): Behaviour['origin'] {
  if (domain === apiHost) return 'api';
  const bucket = system.buckets.find(({ name }) => domain === `${name}.s3.${region}.amazonaws.com`);
  if (bucket === undefined) throw new Error(`${path}: the origin ${domain} is neither a bucket nor the HTTP API`);
  return { bucket: bucket.name };
}

function functionOf(system: System, { FunctionAssociations: [association] }: Described, path: string): ViewerFunction | undefined {
  if (association === undefined) return undefined;
  const found = system.viewerFunctions.find(({ name }) => association.FunctionARN.endsWith(`:function/${name}`));
  if (found === undefined) throw new Error(`${path}: ${association.FunctionARN} does not exist`);
  return viewerFunction(found.name, found.properties.FunctionCode);
}

function headersOf(system: System, { ResponseHeadersPolicyId: id }: Described, path: string): Readonly<Record<string, string>> {
  if (id === undefined) return {};
  const policy = system.headerPolicies.find(({ ref }) => ref === id);
  if (policy === undefined) throw new Error(`${path}: the response headers policy ${id} does not exist`);
  return policyHeaders(policy.properties.ResponseHeadersPolicyConfig);
}

/** `*` stands for any characters and `?` for one. */
export function pathPattern(pattern: string): (path: string) => boolean {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const expression = new RegExp(`^/?${literal.replace(/^\//, '').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  return (path) => expression.test(path);
}
