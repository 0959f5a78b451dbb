import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';

const configuration = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.url(),
  jwks_uri: z.url(),
});
const tokens = z.object({ access_token: z.string(), id_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

export type Tokens = z.infer<typeof tokens>;
export type Shown = { readonly response: Response; readonly url: string; readonly text: string };

/** The sign-in of a page against an issuer, without a browser: keeps cookies, follows redirects as far as the page's own address. */
export type BrowserByFetch = {
  /** what an address shows in the end; the page's own address is not loaded */
  readonly open: (url: string, body?: URLSearchParams) => Promise<Shown>;
  /** begins a sign-in as the page does. @returns what is shown: a choice of personas, or the page's address with a code */
  readonly beginSignIn: () => Promise<Shown>;
  readonly choose: (shown: Shown, subject: string) => Promise<Shown>;
  readonly redeem: (shown: Shown, verifier?: string) => Promise<Response>;
  readonly refresh: (refreshToken: string) => Promise<Response>;
  readonly signIn: (subject: string) => Promise<Tokens>;
  readonly endSessionUrl: (idToken: string) => Promise<string>;
};

type Page = { readonly issuer: string; readonly clientId: string; readonly origin: string; readonly language?: string };

export const tokensIn = async (response: Response): Promise<Tokens> => tokens.parse(await response.json());

export const browserByFetch = ({ issuer, clientId, origin, language = 'de' }: Page): BrowserByFetch => {
  const cookies = new Map<string, string>();
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${origin}/app/signed-in`;
  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const discovered = async () => configuration.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());
  const open = async (url: string, body?: URLSearchParams): Promise<Shown> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, 'accept-language': language },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    keep(response);
    const location = response.headers.get('location');
    if (location === null) return { response, url, text: await response.text() };
    const next = new URL(location, url).href;
    return next.startsWith(origin) ? { response, url: next, text: '' } : open(next);
  };
  const beginSignIn = async (): Promise<Shown> => {
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: redirectUri,
      state: 'state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return open(`${(await discovered()).authorization_endpoint}?${query.toString()}`);
  };
  const tokenRequest = async (fields: Readonly<Record<string, string>>): Promise<Response> =>
    fetch((await discovered()).token_endpoint, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ client_id: clientId, ...fields }),
    });
  const choose: BrowserByFetch['choose'] = (shown, subject) => open(shown.url, new URLSearchParams({ subject }));
  const redeem: BrowserByFetch['redeem'] = (shown, given = verifier) =>
    tokenRequest({
      grant_type: 'authorization_code',
      code: new URL(shown.url).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: given,
    });
  return {
    open,
    beginSignIn,
    choose,
    redeem,
    refresh: (refreshToken) => tokenRequest({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    signIn: async (subject) => tokensIn(await redeem(await choose(await beginSignIn(), subject))),
    endSessionUrl: async (idToken) => {
      const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${origin}/app/signed-out` });
      return `${(await discovered()).end_session_endpoint}?${query.toString()}`;
    },
  };
};
