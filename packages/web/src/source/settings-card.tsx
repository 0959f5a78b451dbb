import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { count } from '../format/figures.ts';
import { DocumentSheet } from '../documents/document-sheet.tsx';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import type { Item } from '../api/routes.ts';
import { useSettingsDocument } from './settings-document.ts';
import type { Source } from './source-settings.ts';

/** What is in force for a source, but for its mapping. */
export const SettingsCard = ({ source, about }: { readonly source: Source; readonly about: Item<'GET /providers'> }) => {
  const t = useTranslations('source.settings');
  const { locale } = useWriting();
  const { limits } = source;
  const [isOpen, setOpen] = useState(false);
  const { document, shape } = useSettingsDocument(source, about);
  const most = (value: number | null): string => (value === null ? t('unlimited') : count(locale, value));
  const ofForms = about.redirects
    ? [
        [t('redirects'), source.redirects.length === 0 ? t('none') : source.redirects.join(', ')] as const,
        [t('honeypot'), source.honeypot ?? t('none')] as const,
      ]
    : [];
  const checked = about.settings.includes('captcha')
    ? [
        [t('minimumSeconds'), source.minimumSeconds === null ? t('none') : t('seconds', { count: source.minimumSeconds })] as const,
        [t('captcha'), t(source.captcha ? 'on' : 'off')] as const,
      ]
    : [];
  return (
    <Card
      title={t('title')}
      actions={
        <>
          <Tag>{t('version', { version: source.settingsVersion })}</Tag>
          <Button onPress={() => setOpen(true)}>{t('edit')}</Button>
        </>
      }
    >
      <Facts
        of={[
          [t('country'), source.country ?? t('none')],
          ...ofForms,
          ...checked,
          [
            t('limits'),
            limits.source === null && limits.network === null
              ? t('unlimited')
              : t('limit', { source: most(limits.source), network: most(limits.network) }),
          ],
          [t('consents'), source.consents.length === 0 ? t('none') : source.consents.map(({ purpose }) => purpose).join(', ')],
        ]}
      />
      {isOpen ? <DocumentSheet title={source.name} source={document} shape={shape} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
};
