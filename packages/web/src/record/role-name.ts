import { useTranslations } from 'use-intl';
import { roles } from './evidence-draft.ts';

/** What a role at the customer is called: one that is offered in the reader's language, any other as it was typed. */
export const useRoleName = (): ((role: string) => string) => {
  const t = useTranslations('record.roles');
  return (role) => {
    const known = roles.find((each) => each === role);
    return known === undefined ? role : t(known);
  };
};
