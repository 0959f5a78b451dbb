import { Link, Outlet, useMatchRoute, useNavigate, useRouterState } from '@tanstack/react-router';
import { Ellipsis, LogOut, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { CommandRunner } from '../commands/command-runner.tsx';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe } from '../company/me.ts';
import { SectionIcon } from './section-icon.tsx';
import { mayEnter, sections, type Section, type SectionId } from './sections.ts';
import { screens } from './screens.ts';
import { useSession } from '../session/session-context.ts';
import styles from './shell.module.css';

const Palette = lazy(async () => ({ default: (await import('../keyboard/palette.tsx')).Palette }));
const KeyList = lazy(async () => ({ default: (await import('../keyboard/key-list.tsx')).KeyList }));

const isOnline = (): boolean => navigator.onLine;
const listenOnline = (listener: () => void) => {
  const release = new AbortController();
  addEventListener('online', listener, { signal: release.signal });
  addEventListener('offline', listener, { signal: release.signal });
  return () => release.abort();
};

const SectionLink = ({ id, path, onPress }: { readonly id: SectionId; readonly path: string; readonly onPress?: () => void }) => {
  const t = useTranslations('shell.sections');
  const isHere = useMatchRoute()({ to: path, fuzzy: true }) !== false;
  return (
    <Link to={path} className={styles['section'] ?? ''} aria-current={isHere ? 'page' : undefined} onClick={() => onPress?.()}>
      <SectionIcon of={id} />
      {t(id)}
    </Link>
  );
};

/** The heading takes the focus after a change of section, so that a screen reader says where it is and Tab goes on from there. */
const useHeadingFocus = (): void => {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const isFirst = useRef(true);
  useEffect(() => {
    if (path === undefined) return;
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
};

const useMySections = (): readonly Section[] => {
  const { roles } = useMe();
  return sections.filter((section) => mayEnter(section, roles) && screens.some((screen) => screen.section === section.id));
};

/** The bar of sections, search, and whoever is signed in; the screen stands beside it. */
export const Shell = () => {
  const t = useTranslations('shell');
  const me = useMe();
  const mine = useMySections();
  const navigate = useNavigate();
  const session = useSession();
  const online = useSyncExternalStore(listenOnline, isOnline);
  const [open, setOpen] = useState<'palette' | 'keys' | 'more'>();
  const close = (): void => setOpen(undefined);
  useHeadingFocus();
  useKeys([
    { keys: '$mod+k', label: t('keys.palette'), run: () => setOpen('palette') },
    { keys: '/', label: t('keys.palette'), run: () => setOpen('palette') },
    { keys: '?', label: t('keys.help'), run: () => setOpen('keys') },
    { keys: 'Shift+?', label: t('keys.help'), run: () => setOpen('keys') },
    ...mine.map(({ id, path, letter }) => ({
      keys: `g ${letter}`,
      label: t('keys.go', { section: t(`sections.${id}`) }),
      run: () => void navigate({ to: path }),
    })),
  ]);
  const onPhone = mine.filter(({ onPhone: isFirst }, index) => isFirst ?? index < 4).slice(0, 4);
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      <nav className={styles['bar']} aria-label={t('navigation')}>
        <Link to="/" className={styles['brand'] ?? ''}>
          <img src="/app/icon.svg" alt="" width="22" height="22" />
          {t('product')}
        </Link>
        <button type="button" className={styles['search']} onClick={() => setOpen('palette')} aria-keyshortcuts="Control+K">
          <Search size={15} aria-hidden="true" />
          <span>{t('search')}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <div className={styles['sections']}>
          {mine.map(({ id, path }) => (
            <SectionLink key={id} id={id} path={path} />
          ))}
        </div>
        <div className={styles['person']}>
          <Link to="/account" className={styles['section'] ?? ''}>
            <SectionIcon of="account" />
            <span>
              {me.name ?? t('account')}
              <br />
              <small>{me.roles.map((role) => t(`roles.${role}`)).join(', ')}</small>
            </span>
          </Link>
          <Button look="quiet" onPress={() => void session.signOut()}>
            <LogOut size={16} aria-hidden="true" />
            {t('signOut')}
          </Button>
        </div>
      </nav>
      <main id="content" className={styles['content']}>
        {online ? null : (
          <p className={styles['banner']} role="status">
            {t('offlineBanner')}
          </p>
        )}
        <Outlet />
      </main>
      <nav className={styles['bottom']} aria-label={t('navigation')}>
        {onPhone.map(({ id, path }) => (
          <SectionLink key={id} id={id} path={path} />
        ))}
        <button type="button" className={styles['section']} onClick={() => setOpen('more')}>
          <Ellipsis size={18} aria-hidden="true" />
          {t('more')}
        </button>
      </nav>
      <Sheet title={t('more')} isOpen={open === 'more'} onClose={close}>
        <div className={styles['list']}>
          {mine
            .filter((section) => !onPhone.includes(section))
            .map(({ id, path }) => (
              <SectionLink key={id} id={id} path={path} onPress={close} />
            ))}
          <SectionLink id="account" path="/account" onPress={close} />
        </div>
        <Button onPress={() => setOpen('palette')}>
          <Search size={16} aria-hidden="true" />
          {t('search')}
        </Button>
        <Button onPress={() => void session.signOut()}>
          <LogOut size={16} aria-hidden="true" />
          {t('signOut')}
        </Button>
      </Sheet>
      <CommandRunner />
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette sections={mine} onClose={close} /> : null}
        {open === 'keys' ? <KeyList onClose={close} /> : null}
      </Suspense>
    </div>
  );
};
