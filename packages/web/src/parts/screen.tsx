import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { clockTime } from '../format/days.ts';
import styles from './screen.module.css';

/** Any query: when its data came, and how it stands. */
export type Freshness = { readonly dataUpdatedAt: number; readonly isPending: boolean; readonly isError: boolean };

/** True once something has lasted longer than that; false again when it is over. */
const useAfter = (isGoingOn: boolean, millis: number): boolean => {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setTimeout(() => setIsLate(true), millis);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isGoingOn, millis]);
  return isLate;
};

/** "As of 10:42:05", with a dot that also differs by shape. */
const StateLine = ({ of }: { readonly of: Freshness }) => {
  const t = useTranslations('shell.state');
  const { locale, zone } = useWriting();
  const isSlow = useAfter(of.isPending, 3000);
  const state = of.isError ? 'offline' : of.isPending ? 'waiting' : 'live';
  const time = of.dataUpdatedAt === 0 ? '–' : clockTime(locale, of.dataUpdatedAt, zone);
  return (
    <span className={styles['state']}>
      <span className={styles['dot']} data-state={state} aria-hidden="true" />
      {isSlow ? t('slow') : t(state, { time })}
    </span>
  );
};

type ScreenProps = {
  readonly title: ReactNode;
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
  readonly filters?: ReactNode;
  readonly freshness?: Freshness;
  readonly children: ReactNode;
};

/** The frame of every screen: one heading, one primary action, filters, how fresh it is. */
export const Screen = ({ title, under, actions, filters, freshness, children }: ScreenProps) => (
  <div className={styles['screen']}>
    <header className={styles['head']}>
      <div className={styles['title']}>
        <h1 tabIndex={-1}>{title}</h1>
        {under === undefined ? null : <p>{under}</p>}
      </div>
      {freshness === undefined ? null : <StateLine of={freshness} />}
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </header>
    {filters === undefined ? null : <div className={styles['filters']}>{filters}</div>}
    {children}
  </div>
);
