import type { Persona } from './persona.ts';
import { signInTexts, type Language } from './sign-in-texts.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

type Page = { readonly language: Language; readonly base: string; readonly title: string; readonly body: string; readonly script?: string };

const page = ({ language, base, title, body, script }: Page): string => `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(title)} · Meilenstein</title>
    <link rel="stylesheet" href="${base}/sign-in.css" />${script === undefined ? '' : `\n    <script src="${base}/${script}" defer></script>`}
  </head>
  <body>
    <main>
      <p class="brand">${milestone}Meilenstein</p>
${body}
    </main>
  </body>
</html>
`;

const milestone =
  '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M7 30V12a9 9 0 0 1 18 0v18z" class="stone"/><path d="M12 25v-9l4 5 4-5v9" class="letter"/></svg>';

const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('');

/** The page on which a person chooses as whom to sign in. @param action where the form is sent */
export const choosePersona = (language: Language, base: string, action: string, personas: readonly Persona[]): string => {
  const card = ({ subject, name, role, hint }: Persona): string => `          <li>
            <button name="subject" value="${escaped(subject)}">
              <span class="initials" aria-hidden="true">${escaped(initials(name))}</span>
              <span class="who"><strong>${escaped(name)}</strong><span class="role">${escaped(role[language])}</span></span>
              <span class="hint">${escaped(hint[language])}</span>
            </button>
          </li>`;
  const choice = `      <form method="post" action="${escaped(action)}">
        <ul>
${personas.map(card).join('\n')}
        </ul>
      </form>`;
  const body = `      <h1>${signInTexts.question[language]}</h1>
      <p class="explanation">${signInTexts.explanation[language]}</p>
${personas.length === 0 ? `      <p class="notice">${signInTexts.nobody[language]}</p>` : choice}`;
  return page({ language, base, title: signInTexts.title[language], body });
};

/** Signs out at once where scripts run, else by the button. @param form the form of the library, with its secret */
export const confirmSignOut = (language: Language, base: string, form: string): string =>
  page({
    language,
    base,
    title: signInTexts.signOutTitle[language],
    body: `      <h1>${signInTexts.signOutQuestion[language]}</h1>
      ${form}
      <p><button class="plain" form="op.logoutForm" name="logout" value="yes">${signInTexts.signOut[language]}</button></p>`,
    script: 'sign-out.js',
  });

/** Where nobody is to be sent back to. */
export const signedOut = (language: Language, base: string): string =>
  page({ language, base, title: signInTexts.signOutTitle[language], body: `      <h1>${signInTexts.signedOut[language]}</h1>` });

export const signInFailed = (language: Language, base: string, reason: string): string =>
  page({
    language,
    base,
    title: signInTexts.failed[language],
    body: `      <h1>${signInTexts.failed[language]}</h1>
      <p class="explanation">${signInTexts.startAgain[language]}</p>
      <p class="notice">${escaped(reason)}</p>`,
  });

/** The browser asks for nothing more; without it the button does the same. */
export const signOutScript = `document.querySelector('button[name="logout"]').click();\n`;
