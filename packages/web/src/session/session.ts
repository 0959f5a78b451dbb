import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';

/** What the deployment tells the page: `/app/config.json`. */
export type PageConfig = { readonly issuer: string; readonly clientId: string; readonly stage: string; readonly language: 'de' | 'en' };

/** Signing in and out; tokens are kept in memory only. */
export type Session = {
  readonly token: () => Promise<string | undefined>;
  /** leaves the page for the provider's sign-in, and comes back to the same address */
  readonly signIn: () => Promise<void>;
  /** ends the session here, in other tabs and at the provider */
  readonly signOut: () => Promise<void>;
  /** the API refused the token: the session has ended here */
  readonly expire: () => void;
  /** called once the session has ended, whoever ended it */
  readonly whenEnded: (act: () => void) => () => void;
};

const callback = '/app/signed-in';
const channelName = 'meilenstein.session';

const managerFor = ({ issuer, clientId }: PageConfig): UserManager =>
  new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${callback}`,
    post_logout_redirect_uri: `${location.origin}/app/signed-out`,
    response_type: 'code',
    scope: 'openid',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // Only what the way to the provider and back needs: the state and the verifier of PKCE, gone once it is used.
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    loadUserInfo: false,
  });

const isReturn = (state: unknown): state is { readonly returnTo: string } =>
  typeof state === 'object' &&
  state !== null &&
  'returnTo' in state &&
  typeof state.returnTo === 'string' &&
  state.returnTo.startsWith('/app/');

export type Begun = { readonly session: Session; readonly signedIn: boolean; readonly returnTo: string | undefined };

/**
 * Takes up a session: finishes a sign-in that has just come back from the provider, or tells that nobody is signed in.
 *
 * @returns the address to go back to, where a sign-in has just been finished
 */
export const beginSession = async (config: PageConfig): Promise<Begun> => {
  const manager = managerFor(config);
  const channel = new BroadcastChannel(channelName);
  const ended = new Set<() => void>();
  const end = async (): Promise<void> => {
    await manager.removeUser();
    for (const act of ended) act();
  };
  channel.addEventListener('message', () => void end());
  manager.events.addSilentRenewError(() => void end());
  manager.events.addAccessTokenExpired(() => void end());
  const session: Session = {
    token: async () => (await manager.getUser())?.access_token,
    signIn: () => {
      const here = `${location.pathname}${location.search}`;
      const returnTo = here.startsWith(callback) || here.startsWith('/app/signed-out') ? '/app/' : here;
      return manager.signinRedirect({ state: { returnTo } });
    },
    signOut: async () => {
      channel.postMessage('signed out');
      const hint = (await manager.getUser())?.id_token;
      await end();
      await manager.signoutRedirect(hint === undefined ? {} : { id_token_hint: hint });
    },
    expire: () => void end(),
    whenEnded: (act) => {
      ended.add(act);
      return () => ended.delete(act);
    },
  };
  if (location.pathname !== callback) return { session, signedIn: false, returnTo: undefined };
  const user: User = await manager.signinRedirectCallback();
  return { session, signedIn: true, returnTo: isReturn(user.state) ? user.state.returnTo : '/app/' };
};
