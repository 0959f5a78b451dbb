import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';

/** A lead of a rehearsal: a link for who may read leads, a number for who may not. */
export const RehearsedLead = ({
  leadId,
  title,
  index,
}: {
  readonly leadId: string;
  readonly title: string | null;
  readonly index: number;
}) => {
  const t = useTranslations('rules');
  const { roles } = useMe();
  const name = title ?? t('lead', { number: index + 1 });
  const mayRead = roles.some((role) => role === 'operations' || role === 'admin' || role === 'manager' || role === 'rep');
  if (!mayRead) return <strong>{name}</strong>;
  return (
    <Link to="/leads/$leadId" params={{ leadId }}>
      {name}
    </Link>
  );
};

/** How many of the examined leads would be treated differently. */
export const RehearsalSum = ({
  differences,
  examined,
  days,
}: {
  readonly differences: number;
  readonly examined: number;
  readonly days: number;
}) => {
  const t = useTranslations('rules');
  return <>{examined === 0 ? t('examinedNone', { days }) : t('examined', { differences, examined, days })}</>;
};
