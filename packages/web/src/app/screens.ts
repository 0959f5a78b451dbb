import type { ComponentType } from 'react';
import type { PlaceId } from './places.ts';

/** A screen: its address, the place in the bar to which it belongs, and its file, which is loaded when somebody goes there. */
export type ScreenEntry = { readonly path: `/${string}`; readonly place: PlaceId; readonly load: () => Promise<ComponentType> };

export const screens: readonly ScreenEntry[] = [
  { path: '/leads', place: 'leads', load: async () => (await import('../leads/leads-screen.tsx')).LeadsScreen },
  { path: '/account', place: 'account', load: async () => (await import('../account/account-screen.tsx')).AccountScreen },
];
