import { Temporal, type Instant, type Language } from '@meilenstein/kernel';
import { leadTexts } from './texts.ts';

/** The language of a text, and the time zone of its days and times. */
export type Locale = { readonly language: Language; readonly zone: string };

const local = (at: Instant, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/** The day of an instant as people in a zone write it, such as `2 March 2026` or `2. März 2026`. */
export const dayInWords = (at: Instant, { language, zone }: Locale): string => {
  const { day, month, year } = local(at, zone);
  const { months, day: dayText } = leadTexts[language];
  return dayText(day, months[month - 1] ?? String(month), year);
};

/** A time as people in a zone read it, such as `2 March 2026, 10:00 (Europe/Berlin)`. */
export const timeInWords = (at: Instant, locale: Locale): string =>
  leadTexts[locale.language].time(
    dayInWords(at, locale),
    local(at, locale.zone).toPlainTime().toString({ smallestUnit: 'minute' }),
    locale.zone,
  );
