import type { ReactNode } from 'react';
import styles from './tag.module.css';

type Look = 'plain' | 'open' | 'won' | 'lost' | 'cancelled' | 'good' | 'danger' | 'warning' | 'accent';

/** A word about a record; the word says it, the colour only helps. */
export const Tag = ({ look = 'plain', children }: { readonly look?: Look; readonly children: ReactNode }) => (
  <span className={`${styles['tag']} ${styles[look] ?? ''}`}>{children}</span>
);
