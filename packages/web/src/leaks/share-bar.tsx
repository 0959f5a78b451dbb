import styles from './share-bar.module.css';

type ShareBarProps = {
  readonly share: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** what it was before: an outline behind the bar */
  readonly reference: number | undefined;
  readonly isLeak: boolean;
};

/** A share from 0 to 1 with its bounds, before the share of earlier cohorts. The figures stand beside it as text. */
export const ShareBar = ({ share, low, high, reference, isLeak }: ShareBarProps) => (
  <svg className={styles['bar']} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
    <rect className={styles['ground']} x="0" y="5" width="100" height="8" />
    <rect className={styles['share']} data-leak={isLeak ? '' : undefined} x="0" y="5" width={share * 100} height="8" />
    {reference === undefined ? null : <rect className={styles['reference']} x="0" y="2" width={reference * 100} height="14" />}
    {low === undefined || high === undefined ? null : (
      <>
        <line className={styles['bound']} x1={low * 100} x2={high * 100} y1="9" y2="9" />
        <line className={styles['bound']} x1={low * 100} x2={low * 100} y1="6" y2="12" />
        <line className={styles['bound']} x1={high * 100} x2={high * 100} y1="6" y2="12" />
      </>
    )}
  </svg>
);
