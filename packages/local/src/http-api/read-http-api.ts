import type { System } from '../assembly/system.ts';
import type { CorsRule } from './cors.ts';
import { routePattern, type RoutePattern } from './routes.ts';
import type { ThrottleSettings } from './throttle.ts';

export type HttpRoute = {
  readonly pattern: RoutePattern;
  readonly functionArn: string;
  readonly timeoutMillis: number;
  readonly authorizer: { readonly audience: readonly string[] } | undefined;
  readonly scopes: readonly string[];
};

/** The one HTTP API of the system, ready to be matched against. */
export type HttpApi = {
  readonly id: string;
  readonly cors: CorsRule | undefined;
  readonly throttling: ThrottleSettings;
  readonly routeThrottling: Readonly<Record<string, ThrottleSettings>>;
  /** The most exact first. */
  readonly routes: readonly HttpRoute[];
};

/** @throws when there is more than one HTTP API, or a route names what does not exist */
export function readHttpApi(system: System): HttpApi | undefined {
  const [api, second] = system.apis;
  if (second !== undefined) throw new Error(`${second.path}: a second HTTP API is not supported`);
  if (api === undefined) return undefined;
  const stage = system.stages.find(({ properties }) => properties.ApiId === api.ref)?.properties;
  const cors = api.properties.CorsConfiguration;
  return {
    id: api.ref,
    cors:
      cors === undefined
        ? undefined
        : {
            origins: cors.AllowOrigins,
            methods: cors.AllowMethods,
            headers: cors.AllowHeaders,
            exposed: cors.ExposeHeaders,
            credentials: cors.AllowCredentials,
            maxAgeSeconds: cors.MaxAge,
          },
    throttling: stage?.DefaultRouteSettings ?? {},
    routeThrottling: stage?.RouteSettings ?? {},
    routes: system.routes.map((route) => readRoute(route, system)).toSorted((a, b) => b.pattern.precision - a.pattern.precision),
  };
}

function readRoute({ path, properties }: System['routes'][number], system: System): HttpRoute {
  const integration = system.integrations.find(({ ref }) => `integrations/${ref}` === properties.Target)?.properties;
  if (integration === undefined) throw new Error(`${path}: ${properties.Target} does not exist`);
  const authorizer = system.authorizers.find(({ ref }) => ref === properties.AuthorizerId)?.properties;
  if (properties.AuthorizationType === 'JWT' && authorizer === undefined)
    throw new Error(`${path}: authorizer ${properties.AuthorizerId} does not exist`);
  return {
    pattern: routePattern(properties.RouteKey),
    functionArn: integration.IntegrationUri,
    timeoutMillis: integration.TimeoutInMillis,
    authorizer:
      properties.AuthorizationType === 'JWT' && authorizer !== undefined ? { audience: authorizer.JwtConfiguration.Audience } : undefined,
    scopes: properties.AuthorizationScopes,
  };
}
