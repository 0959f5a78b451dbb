import type { Role } from '@meilenstein/contracts';
import type { de } from '../texts/de.ts';

export type SectionId = keyof (typeof de)['shell']['sections'];

/** A section in the bar. Its file under `src/<id>/` holds the screen; who may not call its routes does not see it. */
export type Section = {
  readonly id: SectionId;
  readonly path: `/${string}`;
  /** after `G`, on the keyboard */
  readonly letter: string;
  readonly roles: readonly Role[];
  /** stands in the bottom bar of a phone; the others are behind "more" */
  readonly onPhone?: true;
};

const sellers: readonly Role[] = ['rep', 'manager', 'operations', 'admin'];
const staff: readonly Role[] = ['operations', 'admin'];

export const sections: readonly Section[] = [
  { id: 'today', path: '/today', letter: 'h', roles: ['rep', 'manager'], onPhone: true },
  { id: 'team', path: '/team', letter: 't', roles: ['manager', 'operations', 'admin'] },
  { id: 'leads', path: '/leads', letter: 'l', roles: sellers, onPhone: true },
  { id: 'opportunities', path: '/opportunities', letter: 'c', roles: sellers, onPhone: true },
  { id: 'accounts', path: '/accounts', letter: 'k', roles: sellers },
  { id: 'forecast', path: '/forecast', letter: 'p', roles: [...sellers, 'finance'], onPhone: true },
  { id: 'targets', path: '/targets', letter: 'z', roles: [...sellers, 'finance'] },
  { id: 'leaks', path: '/leaks', letter: 'e', roles: sellers },
  { id: 'sources', path: '/sources', letter: 'q', roles: ['marketing', ...staff] },
  { id: 'reports', path: '/reports', letter: 'b', roles: ['finance', ...staff] },
  { id: 'rules', path: '/rules', letter: 'r', roles: ['marketing', ...staff] },
  { id: 'setup', path: '/setup', letter: 'i', roles: staff },
];

export const mayEnter = (section: Section, roles: readonly Role[]): boolean => section.roles.some((role) => roles.includes(role));

const starts: readonly (readonly [Role, SectionId])[] = [
  ['manager', 'team'],
  ['rep', 'today'],
  ['operations', 'setup'],
  ['marketing', 'sources'],
  ['finance', 'reports'],
  ['admin', 'setup'],
];

/** Where somebody begins: at the section that they chose last if it is still theirs, else by their first role in the order of the table. */
export const startOf = (roles: readonly Role[], chosen: string | undefined, all: readonly Section[] = sections): Section | undefined => {
  const mine = all.filter((section) => mayEnter(section, roles));
  const byRole = starts.find(([role]) => roles.includes(role))?.[1];
  return mine.find(({ id }) => id === chosen) ?? mine.find(({ id }) => id === byRole) ?? mine[0];
};
