import { useTranslations } from 'use-intl';
import { failureOf, type Failure } from '../api/problem.ts';
import { Button } from './form/button.tsx';
import styles from './message.module.css';

const kindOf = ({ code, status }: Failure) => {
  if (code === 'offline') return 'offline';
  if (status === 403) return 'notAllowed';
  if (status === 404) return 'notFound';
  if (status === 429) return 'tooMany';
  if (status === 503 || status === 504) return 'unavailable';
  if (status === 412) return 'conflict';
  return 'unexpected';
};

/**
 * The sentence of a failure in the reader's language; what a rule refused comes in it from the API, but for sentences that speak to whoever
 * writes the request.
 */
export const useFailureText = (): ((failure: Failure) => string) => {
  const t = useTranslations('failures');
  return (failure) => {
    if (failure.status === 400)
      return t('invalid', { issues: failure.issues?.map(({ path, rule }) => `${path}: ${rule}`).join('; ') || failure.detail });
    if (failure.code === 'amount-unusual') return t('unusualAmount');
    if (failure.code === 'period-closed') return t('closedMonth');
    if (failure.status === 409 || failure.status === 422) return failure.detail;
    return t(kindOf(failure));
  };
};

/** A part of a screen that could not be read; the other parts stay. */
export const FailureMessage = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  const t = useTranslations('shell');
  const failures = useTranslations('failures');
  const textOf = useFailureText();
  const failure = failureOf(error);
  return (
    <div role="alert" className={`${styles['message']} ${styles['failure']}`}>
      <p>{textOf(failure)}</p>
      {failure.correlationId === undefined ? null : (
        <small>
          {failures('correlation')}: {failure.correlationId}
        </small>
      )}
      {retry === undefined ? null : <Button onPress={retry}>{t('retry')}</Button>}
    </div>
  );
};
