import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { failureOf } from '../api/problem.ts';
import type { Request } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useSend } from '../app/api.ts';
import { Button } from '../parts/form/button.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { SecretOnce, type Secret } from './secret-once.tsx';
import { SignatureFields, signatureStart } from './signature-fields.tsx';
import type { Provider } from './source-settings.ts';

/** A new source: what it is called and who sends; the secret is shown once it is there. */
export const CreateSourceSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useTranslations('source.create');
  const names = useTranslations('source.providers');
  const send = useSend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const reading = useRead('GET /providers', {}, { rhythm: 'once' });
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [provider, setProvider] = useState<Provider>('html-form');
  const [secret, setSecret] = useState('');
  const [country, setCountry] = useState('');
  const [honeypot, setHoneypot] = useState('website');
  const [thanks, setThanks] = useState('');
  const [signature, setSignature] = useState(signatureStart);
  const [failure, setFailure] = useState<unknown>();
  const [created, setCreated] = useState<{ readonly sourceId: string; readonly secret: Secret | null }>();
  const about = reading.data?.body.items.find((each) => each.provider === provider);
  const open = (sourceId: string): void => {
    onClose();
    void navigate({ to: `/sources/${sourceId}` });
  };
  const create = async (): Promise<void> => {
    const body: Request<'POST /sources'>['body'] = {
      name: name.trim(),
      provider,
      ...(about?.secretFrom === 'sender' && secret !== '' ? { secret } : {}),
      ...(country.trim() === '' ? {} : { country: country.trim().toLocaleUpperCase() }),
      ...(about?.redirects === true
        ? { honeypot: honeypot.trim() === '' ? null : honeypot.trim(), redirects: thanks.trim() === '' ? [] : [thanks.trim()] }
        : {}),
      ...(about?.settings.includes('signature') === true ? { signature } : {}),
    };
    try {
      const answer = await send('POST /sources', { body }, { idempotencyKey: key });
      await client.invalidateQueries();
      const { sourceId } = answer.body.source;
      if (answer.body.secret === null) open(sourceId);
      else setCreated({ sourceId, secret: answer.body.secret });
    } catch (error) {
      setKey(crypto.randomUUID());
      setFailure(error);
    }
  };
  const issueAt = (field: string): string | undefined =>
    failure === undefined ? undefined : failureOf(failure).issues?.find(({ path }) => path.startsWith(field))?.rule;
  if (created !== undefined && created.secret !== null) return <SecretOnce of={created.secret} onDone={() => open(created.sourceId)} />;
  return (
    <Sheet
      title={t('title')}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={name.trim() === '' || about === undefined} onPress={() => void create()}>
          {t('save')}
        </Button>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      {reading.isError ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      <TextField label={t('name')} hint={t('nameHint')} value={name} onChange={setName} autoFocus maxLength={120} />
      {reading.data === undefined ? (
        <Bone height="4rem" />
      ) : (
        <Pick
          label={t('provider')}
          value={provider}
          groups={[{ options: reading.data.body.items.map((each) => ({ id: each.provider, label: names(`${each.provider}.name`) })) }]}
          onChange={(id) => setProvider(reading.data.body.items.find((each) => each.provider === id)?.provider ?? provider)}
        />
      )}
      <p>{names(`${provider}.setup`)}</p>
      {about?.secretFrom === 'sender' ? (
        <TextField label={t('secret')} hint={t('secretHint')} value={secret} onChange={setSecret} maxLength={200} />
      ) : null}
      {about?.settings.includes('signature') === true ? <SignatureFields value={signature} onChange={setSignature} /> : null}
      {about?.redirects === true ? (
        <>
          <TextField
            label={t('thanks')}
            hint={t('thanksHint')}
            value={thanks}
            onChange={setThanks}
            error={issueAt('redirects')}
            maxLength={500}
          />
          <TextField label={t('honeypot')} hint={t('honeypotHint')} value={honeypot} onChange={setHoneypot} maxLength={60} />
        </>
      ) : null}
      <TextField
        label={t('country')}
        hint={t('countryHint')}
        value={country}
        onChange={setCountry}
        error={issueAt('country')}
        maxLength={2}
      />
    </Sheet>
  );
};
