import { useTranslations } from 'use-intl';

/** The fields of a lead that every company has. */
export const leadFields = ['email', 'name', 'phone', 'company', 'country', 'employees', 'message'] as const;

/** What a field of a lead is called; the company's own fields by the name that it chose. */
export const useTargetName = (): ((target: string) => string) => {
  const t = useTranslations('sources.trial');
  return (target) => {
    const field = leadFields.find((each) => each === target);
    return field === undefined ? t('own', { name: target.replace(/^custom\./, '') }) : t(`fieldNames.${field}`);
  };
};
