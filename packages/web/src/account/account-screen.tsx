import type { Language } from '@meilenstein/kernel';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { mayEnter, sections, startOf } from '../app/sections.ts';
import { changePreferences, usePreferences } from '../app/preferences.ts';
import { Choice } from '../parts/form/choice.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Screen } from '../parts/screen.tsx';
import { Switch } from '../parts/form/switch.tsx';
import { useLocale } from 'use-intl';

/** How the page looks and behaves for this person on this device. */
export const AccountScreen = () => {
  const t = useTranslations('shell');
  const me = useMe();
  const language = useLocale();
  const { appearance = 'system', density = 'roomy', letterKeys = true, start } = usePreferences();
  const mine = sections.filter((section) => mayEnter(section, me.roles));
  return (
    <Screen title={t('preferences.title')}>
      <Facts
        of={[
          [t('preferences.person'), me.name ?? me.subject],
          [t('preferences.rolesLabel'), me.roles.map((role) => t(`roles.${role}`)).join(', ')],
          [t('preferences.zone'), me.zone],
          [t('preferences.currency'), me.reportingCurrency ?? t('unknown')],
        ]}
      />
      <Choice
        label={t('preferences.language')}
        value={language}
        options={(['de', 'en'] satisfies readonly Language[]).map((id) => ({ id, label: t(`preferences.languages.${id}`) }))}
        onChange={(chosen) => changePreferences({ language: chosen })}
      />
      <Choice
        label={t('preferences.appearance')}
        value={appearance}
        options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`preferences.appearances.${id}`) }))}
        onChange={(chosen) => changePreferences({ appearance: chosen })}
      />
      <Choice
        label={t('preferences.density')}
        value={density}
        options={(['roomy', 'dense'] as const).map((id) => ({ id, label: t(`preferences.densities.${id}`) }))}
        onChange={(chosen) => changePreferences({ density: chosen })}
      />
      <Choice
        label={t('preferences.start')}
        value={startOf(me.roles, start)?.id ?? 'account'}
        options={mine.map(({ id }) => ({ id, label: t(`sections.${id}`) }))}
        onChange={(chosen) => changePreferences({ start: chosen })}
      />
      <Switch
        label={t('preferences.letterKeys')}
        hint={t('preferences.letterKeysHint')}
        isOn={letterKeys}
        onChange={(isOn) => changePreferences({ letterKeys: isOn })}
      />
    </Screen>
  );
};
