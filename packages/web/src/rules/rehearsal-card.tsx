import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Button } from '../parts/form/button.tsx';
import { Bone } from '../parts/message.tsx';
import { QualificationDifferences } from './qualification-differences.tsx';
import { RoutingDifferences } from './routing-differences.tsx';
import type { RuleDocument } from './rule-documents.ts';
import { ScoreDifferences } from './score-differences.tsx';
import { SegmentPreviews } from './segment-previews.tsx';
import type { Rehearsal, RehearsalPage } from './use-rehearsal.ts';
import styles from './rehearsal-card.module.css';

/** What the pages of one route answered, in its own form. */
const Differences = ({ pages }: { readonly pages: readonly RehearsalPage[] }) => {
  const points = pages.flatMap((page) => (page.of === 'points' ? [page.answer] : []));
  const qualification = pages.flatMap((page) => (page.of === 'qualification' ? [page.answer] : []));
  const routing = pages.flatMap((page) => (page.of === 'routing' ? [page.answer] : []));
  return (
    <>
      {points.length === 0 ? null : <ScoreDifferences pages={points} />}
      {qualification.length === 0 ? null : <QualificationDifferences pages={qualification} />}
      {pages.map((page) => (page.of === 'segments' ? <SegmentPreviews key={page.of} previews={page.previews} /> : null))}
      {routing.map((answer) => (
        <RoutingDifferences key={answer.until} answer={answer} />
      ))}
    </>
  );
};

type RehearsalCardProps = { readonly rule: RuleDocument; readonly rehearsal: Rehearsal; readonly isChanged: boolean };

/** Who would be treated differently by the candidate, and why. */
export const RehearsalCard = ({ rule, rehearsal, isChanged }: RehearsalCardProps) => {
  const t = useTranslations('rules');
  const { exists, isRehearsed, isRunning, pages, rehearse, more } = rehearsal;
  if (!exists) return <p className={styles['note']}>{t('noRehearsal')}</p>;
  return (
    <Card
      title={t('rehearsal')}
      under={rule.needsRehearsal && isChanged && !isRehearsed ? t('needsRehearsal') : undefined}
      isStale={isRunning && isRehearsed}
      actions={
        isRehearsed ? (
          <Tag look="good">
            <CircleCheck size={14} aria-hidden="true" />
            {t('rehearsed')}
          </Tag>
        ) : undefined
      }
    >
      {isChanged || isRehearsed ? null : <p className={styles['note']}>{t('nothingToRehearse')}</p>}
      {isRehearsed ? null : (
        <Button hint="P" isDisabled={!isChanged || isRunning} onPress={rehearse}>
          {t(isRunning ? 'rehearsing' : 'rehearse')}
        </Button>
      )}
      {isRunning && !isRehearsed ? <Bone height="6rem" /> : null}
      <div aria-live="polite">
        <Differences pages={pages} />
      </div>
      {more === undefined ? null : (
        <Button onPress={more} isDisabled={isRunning}>
          {t('rehearseMore')}
        </Button>
      )}
    </Card>
  );
};
