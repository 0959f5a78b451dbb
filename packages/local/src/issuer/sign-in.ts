import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { readBody } from '../endpoint/read-body.ts';
import { memoryAdapter } from './memory-adapter.ts';
import type { Persona } from './persona.ts';
import type { SignInClient } from './sign-in-clients.ts';
import { choosePersona, confirmSignOut, signedOut, signInFailed, signOutScript } from './sign-in-pages.ts';
import { signInStyle } from './sign-in-style.ts';
import { languageOf } from './sign-in-texts.ts';

export type SignInOptions = {
  readonly url: string;
  /** path of the issuer below its host */
  readonly path: string;
  /** the private key that every token of this issuer is signed with */
  readonly key: JWK;
  readonly clients: readonly SignInClient[];
  readonly personas: () => readonly Persona[];
};

export type SignIn = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the API is called in tokens; it never leaves this file, because the audience of a token is its client. */
const api = 'urn:meilenstein:api';
const sessionSeconds = 12 * 3600;

/** Code flow with PKCE, refresh, sign-out: an OpenID provider as the page meets it, with a choice of personas instead of passwords. */
export function createSignIn(options: SignInOptions): SignIn {
  const { url, path, clients, personas } = options;
  const provider = new Provider(url, configurationFor(options));
  const answer = provider.callback();
  const choices = `${path}/sign-in/`;
  const pages = pageHeaders(clients);
  const files: Readonly<Record<string, readonly [string, string]>> = {
    [`${path}/sign-in.css`]: ['text/css; charset=utf-8', signInStyle],
    [`${path}/sign-out.js`]: ['text/javascript; charset=utf-8', signOutScript],
  };
  return async (request, response) => {
    const [asked = '/'] = (request.url ?? '/').split('?');
    const language = languageOf(request.headers['accept-language']);
    const file = files[asked];
    if (file !== undefined) return void response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    if (asked.startsWith(choices)) {
      const details = await provider.interactionDetails(request, response).catch(() => undefined);
      if (details === undefined)
        return void response
          .writeHead(400, pages)
          .end(signInFailed(language, path, 'The sign-in has expired, or belongs to another browser.'));
      const subject = request.method === 'POST' ? new URLSearchParams((await readBody(request)).toString('utf8')).get('subject') : null;
      const chosen = personas().find((persona) => persona.subject === subject);
      if (chosen === undefined) return void response.writeHead(200, pages).end(choosePersona(language, path, asked, personas()));
      return provider.interactionFinished(request, response, { login: { accountId: chosen.subject } });
    }
    // The library finds its routes below the path of the issuer by itself, but only from what was asked for first.
    Object.assign(request, { originalUrl: request.url, url: (request.url ?? '/').slice(path.length) });
    await answer(request, response);
  };
}

/** A form may only lead to this issuer and, by its redirects, back to a client. */
function pageHeaders(clients: readonly SignInClient[]): Readonly<Record<string, string>> {
  const origins = new Set(clients.flatMap(({ metadata }) => metadata.redirect_uris.map((address) => new URL(address).origin)));
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      `form-action ${["'self'", ...origins].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

function configurationFor({ url, path, key, clients, personas }: SignInOptions): Configuration {
  const clientOf = (id: string): SignInClient | undefined => clients.find(({ metadata }) => metadata.client_id === id);
  const claimsOf = (subject: string | undefined): Readonly<Record<string, unknown>> => {
    const persona = personas().find((one) => one.subject === subject);
    return persona === undefined ? {} : { ...persona.claims, name: persona.name };
  };
  const headers = pageHeaders(clients);
  const show = (context: KoaContextWithOIDC, body: string): void => {
    context.set({ ...headers });
    context.body = body;
  };
  const languageFor = (context: KoaContextWithOIDC) => languageOf(context.get('accept-language'));
  const { port } = new URL(url);
  return {
    adapter: memoryAdapter,
    clients: clients.map(({ metadata }) => metadata),
    jwks: { keys: [key] },
    routes: { jwks: '/.well-known/jwks.json' },
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub', 'cognito:groups'], profile: ['name'], email: ['email'] },
    // Cognito puts what a person is into the id token as well.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientBasedCORS: (_, origin, client) => (client.redirectUris ?? []).some((address) => new URL(address).origin === origin),
    findAccount: (_, subject) =>
      personas().some((persona) => persona.subject === subject)
        ? { accountId: subject, claims: async () => ({ sub: subject, ...claimsOf(subject) }) }
        : undefined,
    extraTokenClaims: (_, token) => ('accountId' in token ? { ...claimsOf(token.accountId), token_use: 'access' } : {}),
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider, result } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
      if (known !== undefined) return provider.Grant.find(known);
      // Nobody is asked to agree to what the company's own page does.
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      grant.addResourceScope(api, '');
      await grant.save();
      return grant;
    },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: (_, __, client) => clientOf(client.clientId)?.accessTokenSeconds ?? 900,
      AuthorizationCode: 60,
      Grant: sessionSeconds,
      IdToken: (_, __, client) => clientOf(client.clientId)?.idTokenSeconds ?? 900,
      Interaction: 3600,
      RefreshToken: (_, __, client) => clientOf(client.clientId)?.refreshTokenSeconds ?? sessionSeconds,
      Session: sessionSeconds,
    },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // Cookies do not know ports: two companies on one machine must not sign each other out.
      names: { session: `session-${port}`, interaction: `interaction-${port}`, resume: `resume-${port}` },
    },
    interactions: { url: (_, interaction) => `${path}/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context, form) => show(context, confirmSignOut(languageFor(context), path, form)),
        postLogoutSuccessSource: async (context) => show(context, signedOut(languageFor(context), path)),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, __, client) => ({
          scope: '',
          audience: client.clientId,
          accessTokenTTL: clientOf(client.clientId)?.accessTokenSeconds ?? 900,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    renderError: async (context, { error, error_description: description }) =>
      show(context, signInFailed(languageFor(context), path, description ?? error)),
  };
}
