import { Link } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { money, wholeMoney } from '../format/figures.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { Button } from '../parts/form/button.tsx';
import type { Process } from '../record/record-sheet.tsx';
import styles from './board.module.css';
import { Silence } from './silence.tsx';

export type Card = Answer<'GET /board'>['columns'][number]['cards'][number];

type BoardCardProps = {
  readonly card: Card;
  readonly process: Process;
  readonly isDragged: boolean;
  readonly onDrag: (isStarting: boolean) => void;
  readonly onRecord: () => void;
};

// A finger scrolls; only a mouse drags. The button on the card does the same for everybody.
const hasMouse = matchMedia('(pointer: fine)').matches;

export const BoardCard = ({ card, process, isDragged, onDrag, onRecord }: BoardCardProps) => {
  const t = useTranslations('opportunities');
  const record = useTranslations('record');
  const language = useLocale();
  const { locale } = useWriting();
  const people = usePeople();
  const titleOf = useAccountTitle();
  const next = process.milestones.find(({ id }) => id === card.nextMilestoneId);
  return (
    <li
      className={styles['card']}
      data-dragging={isDragged ? '' : undefined}
      draggable={hasMouse}
      onDragStart={() => onDrag(true)}
      onDragEnd={() => onDrag(false)}
    >
      <Link to={`/opportunities/${card.opportunityId}`} className={styles['name'] ?? ''}>
        {titleOf(card)}
      </Link>
      <span className={styles['line']}>
        {card.amount === null ? (
          <small>{t('noAmount')}</small>
        ) : (
          <span title={money(locale, card.amount)}>{wholeMoney(locale, card.amount)}</span>
        )}
        <span className={styles['owner']}>{people.nameOf(card.repId)}</span>
      </span>
      <Silence silence={card.silence} />
      {next === undefined ? null : (
        <span className={styles['did']}>
          <Button onPress={onRecord}>{record('open', { milestone: next.name[language] })}</Button>
        </span>
      )}
    </li>
  );
};
