import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { Language } from '@meilenstein/kernel';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components';
import { IntlProvider, useTranslations } from 'use-intl';
import { failureOf } from '../api/problem.ts';
import { sender, type Send } from '../api/send.ts';
import { commandStore } from '../commands/command-store.ts';
import { CommandsContext } from '../commands/command-context.ts';
import { localeOf } from '../format/locale.ts';
import type { FirstTexts } from '../texts/de.ts';
import { loadTexts } from '../texts/texts.ts';
import { SendContext } from './api.ts';
import { KeysProvider } from '../keyboard/keys.tsx';
import { MeContext, type Me } from '../company/me.ts';
import { preferences, usePreferences } from './preferences.ts';
import { forgetRecent } from '../keyboard/recent.ts';
import { languageFor } from './language.ts';
import { makeRouter } from './router.tsx';
import type { Begun, PageConfig, Session } from '../session/session.ts';
import { SessionContext } from '../session/session-context.ts';
import { FrontPage, SignedOutDialog } from '../session/signed-out.tsx';

/** A refusal stays one; what may pass is tried again. */
const retry = (failures: number, error: Error): boolean => {
  const { status } = failureOf(error);
  return failures < 3 && (status === 0 || status === 429 || status >= 500);
};

const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry,
        retryDelay: (failures, error) => (failureOf(error).retryAfter ?? 2 ** failures) * 1000,
        staleTime: 5000,
        gcTime: 10 * 60_000,
      },
    },
  });

export const languageOf = (config: PageConfig): Language => languageFor(preferences().language, navigator.languages, config.language);

const Languages = ({
  config,
  first,
  children,
}: {
  readonly config: PageConfig;
  readonly first: FirstTexts;
  readonly children: ReactNode;
}) => {
  const { language: chosen } = usePreferences();
  const wanted = languageFor(chosen, navigator.languages, config.language);
  const [shown, setShown] = useState<{ readonly language: Language; readonly texts: FirstTexts }>({ language: wanted, texts: first });
  useEffect(() => {
    if (wanted === shown.language) return;
    void loadTexts(wanted).then((texts) => setShown({ language: wanted, texts }));
  }, [wanted, shown.language]);
  useEffect(() => {
    document.documentElement.lang = shown.language;
  }, [shown.language]);
  return (
    <IntlProvider locale={shown.language} messages={shown.texts} timeZone="UTC">
      <I18nProvider locale={localeOf(shown.language)}>{children}</I18nProvider>
    </IntlProvider>
  );
};

const tenMinutes = 600_000;

const NoRole = ({ session }: { readonly session: Session }) => {
  const t = useTranslations('shell');
  return (
    <FrontPage title={t('noRole.title')} text={t('noRole.text')} action={{ label: t('signOut'), run: () => void session.signOut() }} />
  );
};

const Left = ({ session }: { readonly session: Session }) => {
  const t = useTranslations('shell');
  return (
    <FrontPage title={t('left.title')} text={t('left.text')} action={{ label: t('signedOut.action'), run: () => void session.signIn() }} />
  );
};

/**
 * Who it is, as it was found out at the start, and again later: the day, the zone and the currency of the company change while a page stays
 * open.
 */
const FreshMe = ({ first, send, children }: { readonly first: Me; readonly send: Send; readonly children: ReactNode }) => {
  const { data } = useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => (await send('GET /me', {}, { signal })).body,
    initialData: first,
    staleTime: tenMinutes,
    refetchInterval: tenMinutes,
    refetchOnWindowFocus: false,
  });
  return <MeContext value={data}>{children}</MeContext>;
};

type PageProps = {
  readonly me: Me;
  readonly session: Session;
  readonly send: Send;
  readonly client: QueryClient;
  readonly isEnded: boolean;
};

const Page = ({ me, session, send, client, isEnded }: PageProps) => {
  const store = useMemo(() => commandStore(sessionStorage), []);
  const router = useMemo(() => makeRouter(() => me.roles), [me.roles]);
  return (
    <QueryClientProvider client={client}>
      <SessionContext value={session}>
        <SendContext value={send}>
          <FreshMe first={me} send={send}>
            <CommandsContext value={store}>
              <KeysProvider>
                <AriaRouterProvider navigate={(to) => void router.navigate({ to })}>
                  <RouterProvider router={router} />
                  {isEnded ? <SignedOutDialog signIn={() => void session.signIn()} /> : null}
                </AriaRouterProvider>
              </KeysProvider>
            </CommandsContext>
          </FreshMe>
        </SendContext>
      </SessionContext>
    </QueryClientProvider>
  );
};

export type Started = {
  readonly config: PageConfig;
  readonly begun: Begun;
  readonly texts: FirstTexts;
  readonly me: Me | undefined;
  readonly send: Send;
};

/** The sender for whoever is signed in. */
export const sendFor = (config: PageConfig, session: Session): Send =>
  sender({ token: session.token, language: () => languageOf(config), signedOut: session.expire });

/** The whole page around what was found out before it: who it is, in which language, and how the API is called. */
export const StartPage = ({ config, begun, texts, me, send }: Started) => {
  const client = useMemo(() => makeQueryClient(), []);
  const [isEnded, setIsEnded] = useState(false);
  const { session } = begun;
  useEffect(
    () =>
      session.whenEnded(() => {
        client.clear();
        forgetRecent();
        setIsEnded(true);
      }),
    [session, client],
  );
  return (
    <Languages config={config} first={texts}>
      {me === undefined ? (
        <Left session={session} />
      ) : me.roles.length === 0 ? (
        <NoRole session={session} />
      ) : (
        <Page me={me} session={session} send={send} client={client} isEnded={isEnded} />
      )}
    </Languages>
  );
};
