import type { ClientMetadata } from 'oidc-provider';
import type { System } from '../assembly/system.ts';

/** A client of the templates that people sign in to, with the seconds for which its tokens are valid. */
export type SignInClient = {
  readonly metadata: ClientMetadata & { readonly redirect_uris: string[] };
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
};

/** A browser calls this machine by either name. */
const byBothNames = (addresses: readonly string[]): string[] => [
  ...new Set(addresses.flatMap((address) => [address, address.replace('//localhost:', '//127.0.0.1:')])),
];

/** The clients that have the code flow; all others get their tokens in other ways. */
export const signInClients = (clients: System['clients']): readonly SignInClient[] =>
  clients
    .filter(({ properties }) => properties.AllowedOAuthFlowsUserPoolClient)
    .map(({ ref, properties }) => ({
      metadata: {
        client_id: ref,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: byBothNames(properties.CallbackURLs),
        post_logout_redirect_uris: byBothNames(properties.LogoutURLs),
        scope: properties.AllowedOAuthScopes.join(' '),
      },
      accessTokenSeconds: properties.AccessTokenValidity * 60,
      idTokenSeconds: properties.IdTokenValidity * 60,
      refreshTokenSeconds: properties.RefreshTokenValidity * 60,
    }));
