import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { changedBy, differences, type Difference, type Pick, type Picks } from './compare-documents.ts';
import type { Draft, InForce } from './draft-store.ts';
import type { Json } from './json.ts';
import type { Shape } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './conflict-comparison.module.css';

type ConflictProps = {
  readonly shape: Shape;
  readonly draft: Draft;
  readonly published: InForce;
  readonly onPick: (picks: Picks) => void;
  readonly onClose: () => void;
};

/** A row that only one side changed begins with that side; where both did, nobody decides but the reader. */
const beginning = (rows: readonly Difference[]): Picks =>
  Object.fromEntries(
    rows.flatMap((row): [string, Pick][] => {
      const by = changedBy(row);
      return by === 'both' ? [] : [[row.key, by === 'me' ? 'mine' : 'now']];
    }),
  );

/** A stale candidate beside what was published meanwhile: before, now, mine, and a pick for each row. Nothing is merged unasked. */
export const ConflictComparison = ({ shape, draft, published, onPick, onClose }: ConflictProps) => {
  const t = useTranslations('documents.stale');
  const shell = useTranslations('shell');
  const words = useDocumentWords();
  const { base, candidate } = draft;
  const rows = differences({ before: base.document, now: published.document, mine: candidate });
  const [picks, setPicks] = useState<Picks>(() => beginning(rows));
  const missing = rows.filter(({ key }) => picks[key] === undefined).length;
  const samples = [candidate, published.document, base.document];
  const cell = ({ path }: Difference, value: Json | undefined): string => words.valueText(words.shapeAt(shape, path, samples), value);
  return (
    <Sheet
      title={t('title')}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          {missing === 0 ? null : <span className={styles['missing']}>{t('missing', { count: missing })}</span>}
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" isDisabled={missing > 0} onPress={() => onPick(picks)}>
            {t('take')}
          </Button>
        </>
      }
    >
      <p>{t('explained')}</p>
      {rows.map((row) => {
        const where = words.whereText(shape, row.path, samples);
        const option = (pick: Pick, label: string, value: Json | undefined) => (
          <label className={styles['option']} data-picked={picks[row.key] === pick ? '' : undefined}>
            <input
              type="radio"
              name={row.key}
              value={pick}
              checked={picks[row.key] === pick}
              onChange={() => setPicks({ ...picks, [row.key]: pick })}
            />
            <span>
              <small>{label}</small>
              {cell(row, value)}
            </span>
          </label>
        );
        return (
          <fieldset key={row.key} className={styles['row']}>
            <legend>
              {where}
              {changedBy(row) === 'both' ? <small className={styles['both']}>{t('both')}</small> : null}
            </legend>
            <p className={styles['before']}>
              <small>{t('before')}</small>
              {cell(row, row.before)}
            </p>
            {option('now', t('now'), row.now)}
            {option('mine', t('mine'), row.mine)}
          </fieldset>
        );
      })}
    </Sheet>
  );
};
