import { useId, type ReactNode } from 'react';
import styles from './card.module.css';

type CardProps = {
  readonly title: ReactNode;
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
  /** takes the whole width of a grid of cards */
  readonly isWide?: boolean;
  /** what is shown belongs to something else and will be replaced in a moment */
  readonly isStale?: boolean;
  readonly children: ReactNode;
};

/** One subject of a screen: a heading of its own, and what there is to say. */
export const Card = ({ title, under, actions, isWide = false, isStale = false, children }: CardProps) => {
  const id = useId();
  return (
    <section className={styles['card']} aria-labelledby={id} data-wide={isWide ? '' : undefined} aria-busy={isStale}>
      <header className={styles['head']}>
        <div className={styles['title']}>
          <h2 id={id}>{title}</h2>
          {under === undefined ? null : <p>{under}</p>}
        </div>
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </section>
  );
};

/** Cards side by side where there is room. */
export const Cards = ({ children }: { readonly children: ReactNode }) => <div className={styles['cards']}>{children}</div>;
