import { useTranslations } from 'use-intl';
import { Choice } from '../parts/form/choice.tsx';
import { TextField } from '../parts/form/text-field.tsx';

/** How a sender without a scheme of its own signs: the body alone, as most do. */
export type Signature = {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly header: string;
  readonly prefix: string;
};

export const signatureStart: Signature = { algorithm: 'sha256', encoding: 'hex', header: 'X-Signature', prefix: '' };

export const SignatureFields = ({ value, onChange }: { readonly value: Signature; readonly onChange: (value: Signature) => void }) => {
  const t = useTranslations('source.create');
  return (
    <>
      <h3>{t('signature')}</h3>
      <TextField label={t('header')} value={value.header} onChange={(header) => onChange({ ...value, header })} maxLength={80} />
      <TextField label={t('prefix')} value={value.prefix} onChange={(prefix) => onChange({ ...value, prefix })} maxLength={40} />
      <Choice
        label={t('algorithm')}
        value={value.algorithm}
        options={(['sha256', 'sha512', 'sha1'] as const).map((id) => ({ id, label: id.replace('sha', 'SHA-') }))}
        onChange={(algorithm) => onChange({ ...value, algorithm })}
      />
      <Choice
        label={t('encoding')}
        value={value.encoding}
        options={(['hex', 'base64'] as const).map((id) => ({ id, label: id }))}
        onChange={(encoding) => onChange({ ...value, encoding })}
      />
    </>
  );
};
