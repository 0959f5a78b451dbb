/** What of a source its form on the page depends on. */
export type SnippetSource = {
  readonly address: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly redirects: readonly string[];
  readonly honeypot: string | null;
  readonly minimumSeconds: number | null;
  readonly captcha: boolean;
};

export type SnippetLabels = { readonly name: string; readonly email: string; readonly message: string; readonly send: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The name under which a form sends a field: the one of the mapping, or a usual one that needs no mapping. */
const nameFor = (mapping: SnippetSource['mapping'], target: string): string =>
  escaped(Object.entries(mapping).find(([path, field]) => field === target && !path.includes('.'))?.[0] ?? target);

/** A contact form as an agency would write it, ready to be pasted into a page; it carries exactly what the source's settings need. */
export const formSnippet = (source: SnippetSource, labels: SnippetLabels): string => {
  const { address, mapping, redirects, honeypot, minimumSeconds, captcha } = source;
  const [thanks] = redirects;
  const nameOf = (target: string): string => nameFor(mapping, target);
  return [
    `<form method="post" action="${escaped(address)}">`,
    `  <label>${labels.name} <input name="${nameOf('name')}" required></label>`,
    `  <label>${labels.email} <input name="${nameOf('email')}" type="email" required></label>`,
    `  <label>${labels.message} <textarea name="${nameOf('message')}"></textarea></label>`,
    ...(honeypot === null
      ? []
      : [
          `  <p style="position:absolute;left:-9999px" aria-hidden="true"><input name="${escaped(honeypot)}" tabindex="-1" autocomplete="off"></p>`,
        ]),
    ...(thanks === undefined ? [] : [`  <input type="hidden" name="_redirect" value="${escaped(thanks)}">`]),
    ...(minimumSeconds === null ? [] : ['  <input type="hidden" name="_stamp">']),
    ...(captcha ? ['  <div class="cf-turnstile" data-sitekey="SITE-KEY"></div>'] : []),
    `  <button>${labels.send}</button>`,
    '</form>',
    ...(minimumSeconds === null
      ? []
      : [
          '<script>',
          `  fetch('${address}/stamp').then((answer) => answer.json()).then(({ stamp }) => {`,
          "    document.querySelector('[name=_stamp]').value = stamp;",
          '  });',
          '</script>',
        ]),
    ...(captcha ? ['<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script>'] : []),
  ].join('\n');
};
