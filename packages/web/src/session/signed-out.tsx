import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import styles from './signed-out.module.css';

/** Over the page: what stands behind it is kept, and is there again after signing in. */
export const SignedOutDialog = ({ signIn }: { readonly signIn: () => void }) => {
  const t = useTranslations('shell.signedOut');
  return (
    <Sheet
      title={t('title')}
      at="middle"
      isOpen
      onClose={signIn}
      foot={
        <Button look="primary" onPress={signIn}>
          {t('action')}
        </Button>
      }
    >
      <p>{t('text')}</p>
    </Sheet>
  );
};

/** A page of its own before anybody is signed in, or after they left. */
export const FrontPage = ({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}) => (
  <main className={styles['front']}>
    <img src="/app/icon.svg" alt="" width="48" height="48" />
    <h1>{title}</h1>
    <p>{text}</p>
    {action === undefined ? null : (
      <Button look="primary" onPress={action.run}>
        {action.label}
      </Button>
    )}
  </main>
);
