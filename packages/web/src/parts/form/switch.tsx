import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './switch.module.css';

type SwitchProps = { readonly label: string; readonly hint?: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };

export const Switch = ({ label, hint, isOn, onChange }: SwitchProps) => (
  <AriaSwitch className={styles['switch'] ?? ''} isSelected={isOn} onChange={onChange}>
    <span className={styles['track']} aria-hidden="true" />
    <span>
      {label}
      {hint === undefined ? null : <span className={styles['hint']}>{hint}</span>}
    </span>
  </AriaSwitch>
);
