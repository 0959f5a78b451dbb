import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { languageOf, sendFor, StartPage } from './app/start-page.tsx';
import { beginSession, type PageConfig } from './app/session.ts';
import { allowEmptyMarkup } from './app/trusted-types.ts';
import { loadTexts } from './texts/texts.ts';
import { readConfig } from './api/read-config.ts';

// A tab that was opened before a deployment may ask for a file that is gone from its memory: loading the page again brings the new ones.
addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('meilenstein.reloaded') !== null) return;
  sessionStorage.setItem('meilenstein.reloaded', 'yes');
  location.reload();
});

const start = async (): Promise<void> => {
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element with the id "root"');
  const config: PageConfig = await readConfig();
  const [begun, texts] = await Promise.all([beginSession(config), loadTexts(languageOf(config))]);
  const { session, signedIn, returnTo } = begun;
  const hasLeft = location.pathname === '/app/signed-out';
  if (!signedIn && !hasLeft) return session.signIn();
  if (returnTo !== undefined) history.replaceState(null, '', returnTo);
  const send = sendFor(config, session, () => undefined);
  const me = signedIn ? (await send('GET /me', {})).body : undefined;
  createRoot(root).render(
    <StrictMode>
      <StartPage config={config} begun={begun} texts={texts} me={me} send={send} />
    </StrictMode>,
  );
};

allowEmptyMarkup();
void start();
