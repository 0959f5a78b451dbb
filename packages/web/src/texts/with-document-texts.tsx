import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import { Bone } from '../parts/message.tsx';
import { loadDocumentTexts } from './texts.ts';

/** Shows a screen that edits documents once its texts are there, in the language of the page. */
export const WithDocumentTexts = ({ children }: { readonly children: ReactNode }) => {
  const language = useLocale();
  const texts = useMessages();
  const { data } = useQuery({
    queryKey: ['texts', language],
    queryFn: () => loadDocumentTexts(language),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return <Bone height="30rem" />;
  return (
    <IntlProvider locale={language} messages={{ ...texts, ...data }} timeZone="UTC">
      {children}
    </IntlProvider>
  );
};
