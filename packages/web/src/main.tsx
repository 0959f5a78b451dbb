import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { readConfig } from './api/read-config.ts';
import { preferences } from './app/preferences.ts';
import { beginSession } from './session/session.ts';
import { StartFailed } from './session/start-failed.tsx';
import { languageOf, sendFor, StartPage } from './app/start-page.tsx';
import { allowEmptyMarkup } from './session/trusted-types.ts';
import { loadTexts } from './texts/texts.ts';

const reloaded = 'meilenstein.reloaded';

// A tab that was opened before a deployment may ask for a file that is gone: loading the page again brings the new ones. Once, so that a
// file that is really missing does not load the page for ever.
addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem(reloaded) !== null) return;
  sessionStorage.setItem(reloaded, 'yes');
  location.reload();
});

const show = (page: React.ReactNode): void => {
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element with the id "root"');
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
};

const start = async (): Promise<void> => {
  const config = await readConfig();
  const [begun, texts] = await Promise.all([beginSession(config), loadTexts(languageOf(config))]);
  const { session, signedIn, returnTo } = begun;
  const hasLeft = location.pathname === '/app/signed-out';
  if (!signedIn && !hasLeft) return session.signIn();
  if (returnTo !== undefined) history.replaceState(null, '', returnTo);
  const send = sendFor(config, session);
  const me = signedIn ? (await send('GET /me', {})).body : undefined;
  show(<StartPage config={config} begun={begun} texts={texts} me={me} send={send} />);
  // Everything of this version was there, so the next deployment may reload again.
  sessionStorage.removeItem(reloaded);
};

const startFailed = async (error: unknown): Promise<void> => {
  const { language = 'de' } = preferences();
  show(<StartFailed error={error} language={language} texts={await loadTexts(language)} />);
};

allowEmptyMarkup();
start().catch(startFailed);
