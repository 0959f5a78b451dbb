import { Link } from '@tanstack/react-router';
import type { Role } from '@meilenstein/contracts';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { useMe } from '../company/me.ts';

/** Also for records that belong to others: whoever may not see them does not learn that they exist. */
export const NotFound = () => {
  const t = useTranslations('shell.notFound');
  return (
    <Screen title={t('title')}>
      <Empty title={t('title')} text={t('text')} action={<Link to="/">{t('action')}</Link>} />
    </Screen>
  );
};

/** Shows a screen to those whose roles it is for, and tells others whose it is. */
export const ForRoles = ({ roles, children }: { readonly roles: readonly Role[] | undefined; readonly children: ReactNode }) => {
  const t = useTranslations('shell');
  const me = useMe();
  if (roles === undefined || roles.some((role) => me.roles.includes(role))) return children;
  return (
    <Screen title={t('notForYou.title')}>
      <Empty title={t('notForYou.title')} text={t('notForYou.text', { roles: roles.map((role) => t(`roles.${role}`)).join(', ') })} />
    </Screen>
  );
};

/** The section of a screen that is still being loaded. */
export const ScreenSkeleton = () => (
  <Screen title={<Bone width="12rem" height="1.6rem" />}>
    <Bone height="2.25rem" width="24rem" />
    <Bone height="20rem" />
  </Screen>
);
