import { Link } from '@tanstack/react-router';
import { ArrowRight, CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Bone } from '../parts/message.tsx';
import { useSteps } from './steps.ts';
import styles from './setup-screen.module.css';

/** What is there, what is missing, why it matters, and the way to each. */
export const Checklist = () => {
  const t = useTranslations('setup');
  const { steps, next, isKnown } = useSteps();
  return (
    <Card title={t('checklist')} under={isKnown && next === undefined ? t('complete') : undefined}>
      {isKnown ? (
        <ol className={styles['steps']}>
          {steps.map(({ id, path, isDone }) => {
            const isNext = next?.id === id;
            return (
              <li key={id} className={styles['step']} data-done={isDone ? '' : undefined} data-next={isNext ? '' : undefined}>
                {isDone ? <CircleCheck size={20} aria-hidden="true" /> : <CircleDashed size={20} aria-hidden="true" />}
                <div className={styles['what']}>
                  <strong>{t(`steps.${id}.title`)}</strong>{' '}
                  <Tag look={isDone ? 'good' : isNext ? 'accent' : 'plain'}>{t(isDone ? 'done' : isNext ? 'next' : 'missing')}</Tag>
                  <p className={styles['why']}>{t(`steps.${id}.why`)}</p>
                </div>
                <Link
                  to={path}
                  className={isNext ? styles['go'] : styles['open']}
                  aria-label={`${t(isDone ? 'open' : 'begin')}: ${t(`steps.${id}.title`)}`}
                >
                  {t(isDone ? 'open' : 'begin')}
                  <ArrowRight size={16} aria-hidden="true" />
                </Link>
              </li>
            );
          })}
        </ol>
      ) : (
        <Bone height="24rem" />
      )}
    </Card>
  );
};
