import { parseAbsolute } from '@internationalized/date';
import { isoAt, nowMillis } from './days.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The `date` of an answer, such as `Tue, 01 Dec 2026 00:40:15 GMT`, in milliseconds since 1970; undefined for anything else. */
export const httpDateMillis = (text: string): number | undefined => {
  const [, day, month = '', year, time] = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(text) ?? [];
  const number = months.indexOf(month) + 1;
  if (number === 0) return undefined;
  return parseAbsolute(`${year}-${String(number).padStart(2, '0')}-${day}T${time}Z`, 'UTC')
    .toDate()
    .getTime();
};

let behind = 0;

/** Notes what time it is at the API, from the head of an answer. */
export const followServer = (date: string | null): void => {
  const millis = httpDateMillis(date ?? '');
  if (millis !== undefined) behind = millis - nowMillis();
};

/**
 * Now at the API, as it writes instants: a browser's clock may be minutes ahead, or hours behind after a night in a bag, and what somebody
 * records must not lie in the future. At most as late as the last answer says, so never ahead.
 */
export const isoNow = (): string => isoAt(nowMillis() + behind);
