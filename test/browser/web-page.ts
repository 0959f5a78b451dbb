import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const candidates = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine; undefined where there is none. `CHROMIUM` names another one. */
export const chromiumPath: string | undefined = candidates.find((path) => path !== '' && existsSync(path));

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const port = (server: Server): number =>
  z.custom<AddressInfo>((value) => typeof value === 'object' && value !== null).parse(server.address()).port;

/** A web server as marketing has one: pages by their paths. */
export const webPages = async (
  pages: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly set: (path: string, html: string) => void; readonly stop: () => Promise<void> }> => {
  const all = new Map(Object.entries(pages));
  const server = createServer((request, response) => {
    const html = all.get(request.url ?? '');
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? 'not here');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port(server)}`,
    set: (path, html) => void all.set(path, html),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
};

/** The contact page of a company, as an agency would write it: the form posts to the source’s address, and nothing else is needed. */
export const contactPage = (
  action: string,
): string => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Kontakt</title></head><body>
<h1>Kontakt</h1>
<form method="post" action="${action}">
<label>Name <input name="name" required></label>
<label>E-Mail <input name="mail" type="email" required></label>
<label>Firma <input name="firma"></label>
<label>Ihre Frage <textarea name="nachricht"></textarea></label>
<label><input type="checkbox" name="newsletter"> Schreiben Sie mir</label>
<p style="position:absolute;left:-9999px" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off"></label></p>
<button>Absenden</button>
</form></body></html>`;
