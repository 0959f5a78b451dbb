import { useId } from 'react';
import styles from './range.module.css';

type RangeProps = {
  readonly label: string;
  readonly value: number;
  readonly lowest: number;
  readonly highest: number;
  readonly step: number;
  /** the value in words */
  readonly shown: string;
  readonly onChange: (value: number) => void;
};

/** A value between two others, by mouse, thumb or arrow keys. */
export const Range = ({ label, value, lowest, highest, step, shown, onChange }: RangeProps) => {
  const id = useId();
  return (
    <div className={styles['range']}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{shown}</output>
      <input
        id={id}
        type="range"
        min={lowest}
        max={highest}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  );
};
