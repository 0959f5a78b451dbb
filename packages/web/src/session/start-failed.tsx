import type { Language } from '@meilenstein/kernel';
import { IntlProvider, useTranslations } from 'use-intl';
import { failureOf } from '../api/problem.ts';
import { useFailureText } from '../parts/failure-message.tsx';
import type { FirstTexts } from '../texts/de.ts';
import { FrontPage } from './signed-out.tsx';

const Failed = ({ error }: { readonly error: unknown }) => {
  const t = useTranslations('shell');
  const textOf = useFailureText();
  return (
    <FrontPage title={t('product')} text={textOf(failureOf(error))} action={{ label: t('retry'), run: () => location.assign('/app/') }} />
  );
};

/** Instead of the page, where it could not find out who is there: what is wrong, and one way on. */
export const StartFailed = ({
  error,
  language,
  texts,
}: {
  readonly error: unknown;
  readonly language: Language;
  readonly texts: FirstTexts;
}) => (
  <IntlProvider locale={language} messages={texts} timeZone="UTC">
    <Failed error={error} />
  </IntlProvider>
);
