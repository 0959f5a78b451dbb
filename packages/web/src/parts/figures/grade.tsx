import styles from './grade.module.css';

/** A letter and the points behind it; the letter says it without the colour. */
export const Grade = ({ grade, score }: { readonly grade: string | null; readonly score: number | null }) =>
  score === null ? null : (
    <span className={styles['grade']}>
      <span className={styles['letter']} data-grade={grade ?? ''}>
        {grade ?? '–'}
      </span>
      {score}
    </span>
  );
