import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { count } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { CopyButton } from '../parts/form/copy-button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { TotalDifferences } from './total-differences.tsx';
import styles from './reports-screen.module.css';

type Run = Item<'GET /reports/{reportId}/runs'>;

const Files = ({ run }: { readonly run: Run }) => {
  const t = useTranslations('reports');
  const { locale } = useWriting();
  const send = useSend();
  const [failure, setFailure] = useState<unknown>();
  // The address is good for five minutes, so it is asked for when somebody wants the file.
  const download = async (name: string): Promise<void> => {
    try {
      const { body } = await send('GET /runs/{runId}/files/{name}', { path: { runId: run.runId, name } });
      location.assign(body.url);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      {failure === undefined ? null : <FailureMessage error={failure} />}
      <ul className={styles['files']}>
        {run.manifest.files.map(({ name, bytes, rows, sha256 }) => (
          <li key={name} className={styles['file']}>
            <span>
              <strong>{name}</strong>{' '}
              <small>
                {t('rows', { count: rows })} · {t('bytes', { size: count(locale, Math.max(1, Math.round(bytes / 1000))) })}
              </small>
              <br />
              <span className={styles['hash']}>
                {t('hash')} {sha256}
              </span>
            </span>
            <span>
              <CopyButton text={sha256} label={t('copyHash', { name })} />
              <Button onPress={() => void download(name)}>
                <Download size={16} aria-hidden="true" />
                {t('download')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

/** One period: the version in force with its files, and the earlier ones with what has changed since. */
export const RunPanel = ({ period, versions }: { readonly period: string; readonly versions: readonly Run[] }) => {
  const t = useTranslations('reports');
  const { locale, zone } = useWriting();
  const [newest, ...older] = versions;
  if (newest === undefined) return null;
  return (
    <Card title={period} actions={<Tag look="good">{`${t('version', { version: newest.version })}, ${t('newest')}`}</Tag>}>
      <p>{t('cutOff', { time: instant(locale, newest.cutOff, zone) })}</p>
      <Files run={newest} />
      {older[0] === undefined ? null : (
        <>
          <p>{t('restated')}</p>
          <TotalDifferences before={older[0]} now={newest} />
        </>
      )}
      {older.map((run) => (
        <details key={run.runId} className={styles['older']}>
          <summary>
            {t('version', { version: run.version })} · {t('cutOff', { time: instant(locale, run.cutOff, zone) })}
          </summary>
          <Files run={run} />
        </details>
      ))}
    </Card>
  );
};
