import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** What is known, name by name. */
export const Facts = ({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={styles['facts']}>
    {of.map(([name, value]) => (
      <div key={name} className="as-row">
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
