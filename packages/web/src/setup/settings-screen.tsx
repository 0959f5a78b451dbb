import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { documentOf } from '../documents/document-source.ts';
import { SetupDocument } from './setup-document.tsx';
import { useSettingsShape } from './settings-shape.ts';

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Time zone, currency, fiscal year, holidays and rates. */
export const SettingsScreen = () => {
  const t = useTranslations('setup.steps.settings');
  const shape = useSettingsShape();
  const { today } = useMe();
  const source = useMemo(
    () =>
      documentOf({
        get: 'GET /settings',
        put: 'PUT /settings',
        documentIn: (settings) => settings,
        start: {
          zone: ownZone,
          reportingCurrency: 'EUR',
          calendar: { kind: 'months', startMonth: 1 },
          calendarEffectiveFrom: `${today.slice(0, 4)}-01-01`,
          holidays: {},
          rates: [],
        },
      }),
    [today],
  );
  return <SetupDocument title={t('title')} why={t('why')} source={source} shape={shape} />;
};
