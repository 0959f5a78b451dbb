import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

/** Copies a text, and says that it has. */
export const CopyButton = ({ text, label }: { readonly text: string; readonly label?: string }) => {
  const t = useTranslations('shell');
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <Button look="quiet" aria-label={isCopied ? t('copied') : (label ?? t('copy'))} onPress={copy}>
      {isCopied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      {t(isCopied ? 'copied' : 'copy')}
    </Button>
  );
};
