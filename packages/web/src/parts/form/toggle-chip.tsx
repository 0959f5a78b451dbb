import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import styles from './toggle-chip.module.css';

/** A filter that is on or off. */
export const ToggleChip = ({
  isOn,
  onChange,
  children,
}: {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}) => (
  <ToggleButton className={styles['chip'] ?? ''} isSelected={isOn} onChange={onChange}>
    {children}
  </ToggleButton>
);
