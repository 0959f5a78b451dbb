import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { monthName } from '../format/days.ts';
import { isRecord } from '../documents/json.ts';
import type { Option, Shape } from '../documents/shape.ts';

const currencies: readonly string[] = Intl.supportedValuesOf('currency');
const zones: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const patterns = ['4-4-5', '4-5-4', '5-4-4'] as const;

/** How the settings of a company are edited. */
export const useSettingsShape = (): Shape => {
  const t = useTranslations('setup');
  const { locale } = useWriting();
  const { today } = useMe();
  const months: readonly Option[] = Array.from({ length: 12 }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return { id: number, label: monthName(locale, `2026-${number}-01`).replace(/ ?2026/, ''), value: index + 1 };
  });
  const days: readonly Option[] = weekdays.map((value) => ({ id: String(value), label: t(`calendar.weekdays.d${value}`), value }));
  const oneOf = (options: readonly string[]): Shape => ({ kind: 'one-of', options: options.map((id) => ({ id, label: id })) });
  const month = (label: string): Shape => ({ kind: 'one-of', options: months, label });
  return {
    kind: 'record',
    fields: {
      zone: oneOf(zones),
      reportingCurrency: oneOf(currencies),
      calendar: {
        kind: 'variant',
        by: 'kind',
        variants: [
          {
            id: 'months',
            label: t('calendar.months'),
            fields: { startMonth: month(t('calendar.startMonth')) },
            start: { kind: 'months', startMonth: 1 },
          },
          {
            id: 'weeks',
            label: t('calendar.weeks'),
            fields: {
              pattern: { ...oneOf(patterns), label: t('calendar.pattern') },
              endMonth: month(t('calendar.endMonth')),
              endWeekday: { kind: 'one-of', options: days, label: t('calendar.endWeekday') },
              yearEnd: {
                kind: 'one-of',
                label: t('calendar.yearEnd'),
                options: (['last', 'nearest'] as const).map((id) => ({ id, label: t(`calendar.${id}`) })),
              },
            },
            start: { kind: 'weeks', pattern: '4-4-5', endMonth: 12, endWeekday: 7, yearEnd: 'last' },
          },
        ],
      },
      calendarEffectiveFrom: { kind: 'day' },
      closesAfterDays: {
        kind: 'optional',
        of: { kind: 'number', lowest: 0, highest: 400, isWhole: true },
        start: 10,
        none: t('settingsFields.ten'),
        absent: 'missing',
      },
      rates: {
        kind: 'list',
        title: (rate) => (isRecord(rate) ? `${String(rate['currency'])} ${String(rate['value'])}` : ''),
        start: { id: 'rate', currency: 'CHF', from: today, value: '1.05' },
        item: {
          kind: 'record',
          fields: {
            currency: oneOf(currencies),
            from: { kind: 'day', label: t('settingsFields.rateFrom') },
            value: { kind: 'decimal', label: t('settingsFields.rateValue') },
            id: { kind: 'text' },
          },
        },
      },
      holidays: {
        kind: 'map',
        label: t('settingsFields.holidays'),
        item: { kind: 'texts', label: t('settingsFields.holidayDays') },
        start: [],
      },
    },
  };
};
