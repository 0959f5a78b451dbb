import styles from './bar.module.css';

type BarTone = 'figure' | 'good' | 'danger' | 'plain';

type BarProps = {
  readonly from: number;
  readonly to: number;
  readonly lowest?: number;
  readonly highest: number;
  readonly tone?: BarTone;
  /** only its outline: for what is less, or not sure */
  readonly isHollow?: boolean;
  /** a line across the bar, such as a target */
  readonly tick?: number | undefined;
  /** a broken line across the bar, such as what should be there by today */
  readonly mark?: number | undefined;
};

const clamp = (value: number): number => Math.min(100, Math.max(0, value));

/** A bar between two values of one scale. The figure stands beside it as text, so the bar itself is silent. */
export const Bar = ({ from, to, lowest = 0, highest, tone = 'figure', isHollow = false, tick, mark }: BarProps) => {
  const at = (value: number): number => clamp(highest === lowest ? 0 : ((value - lowest) / (highest - lowest)) * 100);
  const left = Math.min(at(from), at(to));
  const width = Math.max(Math.abs(at(to) - at(from)), 0.4);
  return (
    <svg className={styles['bar']} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <line className={styles['ground']} x1="0" x2="100" y1="9.5" y2="9.5" />
      <rect
        className={styles['value']}
        data-tone={tone}
        data-hollow={isHollow ? '' : undefined}
        x={left}
        y="1.5"
        width={width}
        height="7"
      />
      {tick === undefined ? null : <line className={styles['tick']} x1={at(tick)} x2={at(tick)} y1="0" y2="10" />}
      {mark === undefined ? null : <line className={styles['mark']} x1={at(mark)} x2={at(mark)} y1="0" y2="10" />}
    </svg>
  );
};
