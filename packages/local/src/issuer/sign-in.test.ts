import { createServer, type Server } from 'node:http';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { close, listen } from '../endpoint/listen.ts';
import { browserByFetch, tokensIn, type BrowserByFetch } from '../testing/browser-by-fetch.ts';
import { createLocalIssuer, issuerPath, type LocalIssuer } from './local-issuer.ts';
import type { Persona } from './persona.ts';

const origin = 'http://localhost:8787';
const clientId = 'page';

const persona = (subject: string, name: string, role: string): Persona => ({
  subject,
  name,
  role: { de: `${role} (de)`, en: `${role} (en)` },
  hint: { de: 'Sehen Sie sich <das Team> an', en: 'Look at <the team>' },
  claims: { 'cognito:groups': [role] },
});

describe('the sign-in of the local issuer', () => {
  let issuer: LocalIssuer;
  let server: Server;
  let url: string;
  const browser = (language?: string): BrowserByFetch =>
    browserByFetch({ issuer: url, clientId, origin, ...(language === undefined ? {} : { language }) });

  beforeAll(async () => {
    server = createServer((request, response) => void issuer.answer((request.url ?? '').split('?')[0] ?? '', request, response));
    url = `${await listen(server, 0)}${issuerPath}`;
    issuer = await createLocalIssuer(
      url,
      [clientId, 'programs'],
      [
        {
          metadata: {
            client_id: clientId,
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            redirect_uris: [`${origin}/app/signed-in`],
            post_logout_redirect_uris: [`${origin}/app/signed-out`],
            scope: 'openid profile email',
          },
          accessTokenSeconds: 900,
          idTokenSeconds: 900,
          refreshTokenSeconds: 43_200,
        },
      ],
    );
    issuer.offerPersonas([persona('login-anna', 'Anna Nord', 'rep'), persona('login-max', 'Max Mai', 'manager')]);
  });
  afterAll(() => close(server));

  test('offers the personas in the language of the browser, with a form that works without scripts', async () => {
    const german = await browser('de-DE,de;q=0.9').beginSignIn();
    expect(german.text).toContain('Als wer möchten Sie sich umsehen?');
    expect(german.text).toContain('rep (de)');
    expect(german.text).not.toContain('<script');
    const english = await browser('en-GB').beginSignIn();
    expect(english.text).toContain('Who would you like to be?');
    expect(english.text).toContain('manager (en)');
    expect(english.text).toContain('Look at &lt;the team&gt;');
    expect(english.response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('gives tokens that the API accepts and that say what the persona is', async () => {
    const { access_token: access, expires_in: seconds } = await browser().signIn('login-anna');
    expect(seconds).toBe(900);
    expect(await issuer.verify(access, [clientId])).toMatchObject({
      sub: 'login-anna',
      iss: url,
      'cognito:groups': ['rep'],
      client_id: clientId,
      name: 'Anna Nord',
    });
  });

  test('refreshes once with each refresh token', async () => {
    const tab = browser();
    const first = await tab.signIn('login-max');
    const second = await tokensIn(await tab.refresh(first.refresh_token));
    expect(await issuer.verify(second.access_token, [clientId])).toMatchObject({ sub: 'login-max', 'cognito:groups': ['manager'] });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await tab.refresh(first.refresh_token)).status).toBe(400);
  });

  test('lets the page come back without a choice for as long as the session lasts', async () => {
    const tab = browser();
    await tab.signIn('login-anna');
    const again = await tab.beginSignIn();
    expect(again.url).toContain(`${origin}/app/signed-in?code=`);
    expect(decodeJwt((await tokensIn(await tab.redeem(again))).id_token)).toMatchObject({ sub: 'login-anna', aud: clientId });
  });

  test('asks again after a sign-out, which leads back to the page', async () => {
    const tab = browser();
    const { id_token: idToken } = await tab.signIn('login-anna');
    const question = await tab.open(await tab.endSessionUrl(idToken));
    const [, action = ''] = /action="([^"]+)"/.exec(question.text) ?? [];
    const [, secret = ''] = /name="xsrf" value="([^"]+)"/.exec(question.text) ?? [];
    const left = await tab.open(action, new URLSearchParams({ xsrf: secret, logout: 'yes' }));
    expect(left.url).toContain(`${origin}/app/signed-out`);
    expect((await tab.beginSignIn()).text).toContain('Anna Nord');
  });

  test('refuses a code without the verifier of whoever began', async () => {
    const tab = browser();
    const back = await tab.choose(await tab.beginSignIn(), 'login-anna');
    expect((await tab.redeem(back, 'a'.repeat(43))).status).toBe(400);
  });

  test('refuses a sign-in that would lead anywhere else', async () => {
    const elsewhere = browserByFetch({ issuer: url, clientId, origin: 'https://elsewhere.example' });
    const shown = await elsewhere.beginSignIn();
    expect([shown.response.status, shown.text]).toEqual([400, expect.stringContaining('redirect_uri')]);
  });

  test('shows the choice again to somebody who chooses nobody that is offered', async () => {
    const tab = browser();
    expect((await tab.choose(await tab.beginSignIn(), 'login-nobody')).text).toContain('Anna Nord');
  });

  test('gives tokens for programs as before, under the same key', async () => {
    const token = await issuer.tokenFor({ subject: 'anybody', claims: { 'cognito:groups': ['finance'] } });
    expect(await issuer.verify(token, ['programs'])).toMatchObject({ sub: 'anybody', 'cognito:groups': ['finance'] });
  });
});
