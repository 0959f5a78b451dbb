import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { count, share } from '../format/figures.ts';
import { previewedDays, type SegmentPreview } from './use-rehearsal.ts';
import styles from './rehearsal-card.module.css';

/** How large each changed segment would be, and how much of it is in others too. */
export const SegmentPreviews = ({ previews }: { readonly previews: readonly SegmentPreview[] }) => {
  const t = useTranslations('rules.preview');
  const { locale } = useWriting();
  if (previews.length === 0) return <p className={styles['note']}>{t('none')}</p>;
  return (
    <ul className={styles['leads']}>
      {previews.map(({ name, answer: { size, total, undecided, overlaps } }) => (
        <li key={name}>
          <strong>{name}</strong>
          <span>{t('size', { size, total: count(locale, total), days: previewedDays })}</span>
          {undecided === 0 ? null : <small className={styles['was']}>{t('undecided', { count: undecided })}</small>}
          {overlaps
            .filter((other) => other.shared > 0 && other.share !== null)
            .map((other) => (
              <small key={other.segmentId} className={styles['was']}>
                {t('overlap', { share: share(locale, other.share ?? 0), name: other.name })}
              </small>
            ))}
        </li>
      ))}
    </ul>
  );
};
