import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { documentOf, type DocumentSource } from '../documents/document-source.ts';
import type { Shape } from '../documents/shape.ts';
import { leadFields, useTargetName } from '../sources/target-name.ts';
import { settingsOf, type Source } from './source-settings.ts';

type Provider = Item<'GET /providers'>;

const text: Shape = { kind: 'text' };
const optional = (of: Shape, label: string, none: string, start: string | number): Shape => ({
  kind: 'optional',
  of,
  label,
  none,
  start,
  absent: 'null',
});
const count = (highest: number): Shape => ({ kind: 'number', lowest: 1, highest, isWhole: true });

/** The settings of a source as a document, with the fields that its provider knows. */
export const useSettingsDocument = (source: Source, about: Provider): { readonly document: DocumentSource; readonly shape: Shape } => {
  const t = useTranslations('source.settings');
  const targetName = useTargetName();
  const { sourceId } = source;
  const document = useMemo(
    () => documentOf({ get: 'GET /sources/{sourceId}', put: 'PUT /sources/{sourceId}', path: { sourceId }, documentIn: settingsOf }),
    [sourceId],
  );
  const own = Object.values(source.mapping).filter((target) => target.startsWith('custom.'));
  const targets = [...new Set([...leadFields, ...own])].map((id) => ({ id, label: targetName(id) }));
  const isForm = about.settings.includes('captcha');
  const shape: Shape = {
    kind: 'record',
    fields: {
      name: text,
      country: optional(text, t('country'), t('none'), 'DE'),
      redirects: about.redirects ? { kind: 'texts', label: t('redirects') } : { kind: 'fixed', label: t('redirects') },
      honeypot: optional(text, t('honeypot'), t('none'), 'website'),
      minimumSeconds: isForm ? optional(count(600), t('minimumSeconds'), t('none'), 3) : { kind: 'fixed', label: t('minimumSeconds') },
      captcha: isForm ? { kind: 'yes-no', label: t('captcha') } : { kind: 'fixed', label: t('captcha') },
      limits: {
        kind: 'record',
        label: t('limits'),
        fields: {
          source: optional(count(10_000), t('perSource'), t('unlimited'), 60),
          network: optional(count(10_000), t('perNetwork'), t('unlimited'), 10),
        },
      },
      consents: {
        kind: 'list',
        label: t('consents'),
        start: { purpose: 'newsletter', textVersion: '1', path: 'newsletter', doubleOptIn: true },
        item: {
          kind: 'record',
          fields: {
            purpose: { ...text, label: t('purpose') },
            textVersion: { ...text, label: t('textVersion') },
            path: { ...text, label: t('path') },
            doubleOptIn: { kind: 'yes-no', label: t('doubleOptIn') },
          },
        },
      },
      mapping: { kind: 'map', label: t('mapping'), item: { kind: 'one-of', options: targets }, start: 'email' },
      ...(about.settings.includes('signature') ? {} : { signature: { kind: 'fixed', label: t('signature') } satisfies Shape }),
    },
  };
  return { document, shape };
};
