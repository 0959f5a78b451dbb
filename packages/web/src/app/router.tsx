import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Role } from '@meilenstein/contracts';
import { filterIn } from './filter.ts';
import { ForRoles, NotFound, ScreenSkeleton } from './nowhere.tsx';
import { sections, startOf } from './sections.ts';
import { preferences } from './preferences.ts';
import { screens, type ScreenEntry } from './screens.ts';
import { Shell } from './shell.tsx';
import { WithDocumentTexts } from '../texts/with-document-texts.tsx';

const withScreen = sections.filter(({ id }) => screens.some(({ section }) => section === id));

const lazyScreen = ({ load, section, editsDocuments }: ScreenEntry) => {
  const roles = sections.find(({ id }) => id === section)?.roles;
  return lazyRouteComponent(async () => {
    const Loaded = await load();
    const Screen = () => (
      <ForRoles roles={roles}>
        {editsDocuments === true ? (
          <WithDocumentTexts>
            <Loaded />
          </WithDocumentTexts>
        ) : (
          <Loaded />
        )}
      </ForRoles>
    );
    return { Screen };
  }, 'Screen');
};

/** @param rolesNow the roles of whoever is signed in, asked when somebody comes to the start */
export const makeRouter = (rolesNow: () => readonly Role[]) => {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: filterIn });
  const start = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: startOf(rolesNow(), preferences().start, withScreen)?.path ?? '/account', replace: true });
    },
  });
  const others = screens.map((entry) => createRoute({ getParentRoute: () => root, path: entry.path, component: lazyScreen(entry) }));
  return createRouter({
    routeTree: root.addChildren([start, ...others]),
    basepath: '/app',
    defaultPreload: 'intent',
    defaultPendingComponent: ScreenSkeleton,
    defaultPendingMs: 200,
    scrollRestoration: true,
  });
};
