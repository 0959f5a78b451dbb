import { useLocale, useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { Card } from '../parts/card.tsx';
import styles from './reports-screen.module.css';

/** What each figure of the reports means. */
export const Dictionary = () => {
  const t = useTranslations('reports');
  const language = useLocale();
  const kpis = useRead('GET /kpis', {}, { rhythm: 'once' }).data?.body.items ?? [];
  return (
    <Card title={t('dictionary')}>
      <p>{t('dictionaryText')}</p>
      <dl className={styles['terms']}>
        {kpis.map(({ id, title, formula }) => (
          <div key={id}>
            <dt>{title[language]}</dt>
            <dd>{formula[language]}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};
