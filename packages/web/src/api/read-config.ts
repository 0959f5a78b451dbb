import type { PageConfig } from '../session/session.ts';

/** What the deployment wrote beside the page. */
export const readConfig = async (): Promise<PageConfig> => {
  const response = await fetch('/app/config.json', { cache: 'no-cache' });
  return response.json();
};
