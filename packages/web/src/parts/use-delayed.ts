import { useEffect, useState } from 'react';

/** The value once it has not changed for so many milliseconds, so that a request is made for the last one only. */
export const useDelayed = <Value>(value: Value, millis: number): Value => {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return delayed;
};
