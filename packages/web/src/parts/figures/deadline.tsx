import { AlarmClock, CircleCheck, Hourglass, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../../company/me.ts';
import { instant } from '../../format/days.ts';
import { Tag } from './tag.tsx';

/** The promise to answer a lead, as lists and records have it. */
export type Service = {
  readonly state: 'running' | 'waiting-for-customer' | 'missed' | 'answered' | 'ended';
  readonly dueAt: string | null;
  /** of working time; negative after the deadline */
  readonly minutesLeft: number | null;
};

const useSpan = (): ((minutes: number) => string) => {
  const t = useTranslations('leads.deadline');
  return (minutes) => {
    const size = Math.abs(minutes);
    return size < 120 ? t('minutes', { count: size }) : t('hours', { count: Math.round(size / 60) });
  };
};

/** How much working time is left, or by how much it was missed; red only once it is missed, and then with a word and a sign. */
export const Deadline = ({ service }: { readonly service: Service | null }) => {
  const t = useTranslations('leads.deadline');
  const { locale, zone } = useWriting();
  const span = useSpan();
  if (service === null) return null;
  const { state, dueAt, minutesLeft } = service;
  const title = dueAt === null ? undefined : t('due', { time: instant(locale, dueAt, zone) });
  if (state === 'answered')
    return (
      <Tag look="good">
        <CircleCheck size={14} aria-hidden="true" />
        {t('answered')}
      </Tag>
    );
  if (state === 'waiting-for-customer')
    return (
      <Tag>
        <Hourglass size={14} aria-hidden="true" />
        {t('waiting')}
      </Tag>
    );
  if (state === 'ended') return null;
  const isMissed = state === 'missed' || (minutesLeft ?? 0) < 0;
  const isSoon = !isMissed && (minutesLeft ?? 999) <= 30;
  return (
    <span title={title}>
      <Tag look={isMissed ? 'danger' : isSoon ? 'warning' : 'plain'}>
        {isMissed ? <TriangleAlert size={14} aria-hidden="true" /> : <AlarmClock size={14} aria-hidden="true" />}
        {minutesLeft === null ? t(isMissed ? 'missed' : 'running') : t(isMissed ? 'missedBy' : 'left', { span: span(minutesLeft) })}
      </Tag>
    </span>
  );
};
