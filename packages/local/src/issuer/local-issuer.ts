import type { ServerResponse } from 'node:http';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTPayload } from 'jose';

export const issuerPath = '/issuer';

export type TokenRequest = { readonly subject: string; readonly claims?: Readonly<Record<string, unknown>> };

/** An OpenID issuer that stands in for every issuer that the templates name. */
export type LocalIssuer = {
  readonly url: string;
  readonly tokenFor: (request: TokenRequest) => Promise<string>;
  /** @returns the token's claims, or undefined when its signature, time, issuer or audience is wrong */
  readonly verify: (token: string, audience: readonly string[]) => Promise<JWTPayload | undefined>;
  readonly answer: (path: string, response: ServerResponse) => void;
};

/** @param audience every audience that an authorizer of the templates asks for; each token is for all of them */
export async function createLocalIssuer(url: string, audience: readonly string[]): Promise<LocalIssuer> {
  const algorithm = 'RS256';
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'local', alg: algorithm, use: 'sig' }] };
  const keySet = createLocalJWKSet(keys);
  const documents: Readonly<Record<string, unknown>> = {
    [`${issuerPath}/.well-known/openid-configuration`]: {
      issuer: url,
      jwks_uri: `${url}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: [algorithm],
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
    },
    [`${issuerPath}/.well-known/jwks.json`]: keys,
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
    answer: (path, response) => {
      const document = documents[path];
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document ?? { message: 'Not Found' }));
    },
  };
}
