import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { Card } from '../parts/card.tsx';
import { Grade } from '../parts/figures/grade.tsx';
import styles from './panels.module.css';

type Lead = Answer<'GET /leads/{leadId}'>;

const Points = ({ lead }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.why');
  const { scoring, learned } = lead;
  return (
    <Card title={t('points')} actions={<Grade grade={lead.grade} score={lead.score} />}>
      {scoring === null ? <p>{t('noScoring')}</p> : <p>{scoring.summary}</p>}
      {scoring === null ? null : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('rule')}</th>
              <th scope="col">{t('pointsColumn')}</th>
            </tr>
          </thead>
          <tbody>
            {scoring.rules.map(({ id, rule, seen, points, worth, decay }) => (
              <tr key={id} data-quiet={points === 0 ? '' : undefined}>
                <td>
                  {rule}
                  <small>
                    {seen ?? t('notSeen')}
                    {decay === null ? null : ` · ${decay}`}
                  </small>
                </td>
                <td>
                  {points}
                  {points >= worth ? null : <small>{t('worth', { points: worth })}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <small>
          {t('learned')}: {learned.summary}
        </small>
      </p>
    </Card>
  );
};

const Stage = ({ lead: { qualification } }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.why');
  const now = qualification?.now;
  const checks = now === undefined ? [] : [now.mql, now.intent, now.fit].flatMap((verdict) => verdict?.reasons ?? []);
  return (
    <Card title={t('stage')}>
      {qualification === null ? <p>{t('noCriteria')}</p> : null}
      <ul className={styles['summary']}>
        {qualification?.summary.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {checks.length === 0 ? null : (
        <details className={styles['fold']}>
          <summary>{t('rule')}</summary>
          <table className={styles['table']}>
            <tbody>
              {checks.map(({ rule, seen, answer }) => (
                <tr key={rule} data-quiet={answer === 'yes' ? undefined : ''}>
                  <td>{rule}</td>
                  <td>{seen ?? t('notSeen')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Card>
  );
};

// Who was chosen and by which rule; why everybody else was not is long, and few ask.
const shortSentences = 3;

/** Why the lead has its deadline, owner, status and points: the sentences of the rules that decided. */
export const WhyPanels = ({ lead }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.why');
  const { serviceLevel, followUp, routing } = lead;
  return (
    <>
      {serviceLevel === null ? null : (
        <Card title={t('deadline')}>
          <p>{serviceLevel.summary}</p>
        </Card>
      )}
      <Card title={t('owner')}>
        <ul className={styles['summary']}>
          {routing.sentences.slice(0, shortSentences).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {routing.sentences.length <= shortSentences ? null : (
          <details className={styles['fold']}>
            <summary>{t('others')}</summary>
            <p>{routing.sentences.slice(shortSentences).join(' ')}</p>
          </details>
        )}
      </Card>
      <Stage lead={lead} />
      <Points lead={lead} />
      {followUp === null ? null : (
        <Card title={t('followUp')}>
          <p>{followUp.summary}</p>
        </Card>
      )}
    </>
  );
};
