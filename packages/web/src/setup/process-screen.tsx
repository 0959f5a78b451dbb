import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { documentOf } from '../documents/document-source.ts';
import { isRecord } from '../documents/json.ts';
import type { Shape } from '../documents/shape.ts';
import { firstProcess, newMilestone } from './first-process.ts';
import { SetupDocument } from './setup-document.tsx';

const text: Shape = { kind: 'text' };
const bilingual: Shape = { kind: 'record', fields: { de: text, en: text } };

/** A sales process: the acts of a customer in their order, and what counts as evidence of each. */
export const ProcessScreen = () => {
  const t = useTranslations('setup');
  const language = useLocale();
  const { processId = '' } = useParams({ strict: false });
  const source = useMemo(
    () =>
      documentOf({
        get: 'GET /processes/{processId}',
        put: 'PUT /processes/{processId}',
        path: { processId },
        documentIn: ({ name, milestones }) => ({ name, milestones }),
        start: firstProcess,
      }),
    [processId],
  );
  const shape: Shape = {
    kind: 'record',
    fields: {
      name: bilingual,
      milestones: {
        kind: 'list',
        start: newMilestone,
        title: (item) => {
          const name = isRecord(item) ? item['name'] : undefined;
          return isRecord(name) ? String(name[language]) : '';
        },
        item: {
          kind: 'record',
          fields: {
            name: { ...bilingual, label: t('process.milestone') },
            provenBy: {
              kind: 'several',
              label: t('process.provenBy'),
              options: (['did', 'said', 'wrote'] as const).map((id) => ({ id, label: t(`process.acts.${id}`) })),
            },
            id: text,
          },
        },
      },
    },
  };
  return <SetupDocument title={t('steps.process.title')} why={t('process.hint')} source={source} shape={shape} />;
};
