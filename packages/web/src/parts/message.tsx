import type { ReactNode } from 'react';
import styles from './message.module.css';

/** Why there is nothing, and the one thing to do. */
export const Empty = ({ title, text, action }: { readonly title: string; readonly text?: string; readonly action?: ReactNode }) => (
  <div className={styles['message']}>
    <h2>{title}</h2>
    {text === undefined ? null : <p>{text}</p>}
    {action}
  </div>
);

/** What has not come yet, in the place and size that it will have. */
export const Bone = ({ width = '100%', height }: { readonly width?: string; readonly height?: string }) => (
  <span className={styles['bone']} style={height === undefined ? { width } : { width, height }} aria-hidden="true" />
);
