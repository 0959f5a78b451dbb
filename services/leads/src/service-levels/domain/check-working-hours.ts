import { refused, type Refusal, type WorkingHours } from '@meilenstein/kernel';

/** Refuses working hours without a window or with a window that never opens. */
export const checkWorkingHours = ({ windows }: WorkingHours, field: string): Refusal<'no-working-time'> | undefined => {
  if (windows.length === 0) return refused('no-working-time', `${field}: at least one window is needed`, { field }).refused;
  const backwards = windows.findIndex((one) => one.from >= one.until);
  const window = windows[backwards];
  if (window === undefined) return undefined;
  const where = `${field}.windows[${backwards}]`;
  const night = `${where}: ${window.from} is not before ${window.until}; write a night as two windows, until 24:00 and from 00:00 of the next day`;
  return refused('no-working-time', night, { field: where, value: `${window.from}–${window.until}` }).refused;
};
