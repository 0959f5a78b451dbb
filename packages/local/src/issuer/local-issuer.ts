import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Persona } from './persona.ts';
import type { SignInClient } from './sign-in-clients.ts';
import type { SignIn } from './sign-in.ts';

export const issuerPath = '/issuer';

export type TokenRequest = { readonly subject: string; readonly claims?: Readonly<Record<string, unknown>> };

/** An OpenID issuer that stands in for every issuer that the templates name. */
export type LocalIssuer = {
  readonly url: string;
  readonly tokenFor: (request: TokenRequest) => Promise<string>;
  /** @returns the token's claims, or undefined when its signature, time, issuer or audience is wrong */
  readonly verify: (token: string, audience: readonly string[]) => Promise<JWTPayload | undefined>;
  /** Replaces those as whom a person may sign in. */
  readonly offerPersonas: (personas: readonly Persona[]) => void;
  readonly answer: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/**
 * @param audience every audience that an authorizer of the templates asks for; each token that is asked for without a sign-in is for all of them
 * @param clients the clients to which people sign in
 */
export async function createLocalIssuer(
  url: string,
  audience: readonly string[],
  clients: readonly SignInClient[] = [],
): Promise<LocalIssuer> {
  const algorithm = 'RS256';
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const about = { kid: 'local', alg: algorithm, use: 'sig' };
  const keys = { keys: [{ ...(await exportJWK(publicKey)), ...about }] };
  const keySet = createLocalJWKSet(keys);
  let personas: readonly Persona[] = [];
  let starting: Promise<SignIn> | undefined;
  // Most who boot a cloud never sign in: the provider is loaded when the first one does.
  const startSignIn = async (): Promise<SignIn> => {
    const { createSignIn } = await import('./sign-in.ts');
    return createSignIn({
      url,
      path: new URL(url).pathname,
      key: { ...(await exportJWK(privateKey)), ...about },
      clients,
      personas: () => personas,
    });
  };
  return {
    url,
    tokenFor: ({ subject, claims = {} }) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: algorithm, kid: 'local' })
        .setSubject(subject)
        .setIssuer(url)
        .setAudience([...audience])
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    verify: (token, wanted) =>
      jwtVerify(token, keySet, { issuer: url, audience: [...wanted] }).then(
        ({ payload }) => payload,
        () => undefined,
      ),
    offerPersonas: (offered) => {
      personas = offered;
    },
    answer: async (path, request, response) => {
      if (path === `${issuerPath}/.well-known/jwks.json`)
        return void response
          .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
          .end(JSON.stringify(keys));
      const signIn = await (starting ??= startSignIn());
      return signIn(request, response);
    },
  };
}
