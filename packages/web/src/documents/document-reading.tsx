import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { isList, isRecord, type Json } from './json.ts';
import { fieldsOf, innerShape, type Shape } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './document-reading.module.css';

type ReadingProps = { readonly shape: Shape; readonly value: Json | undefined };

const isDeep = (shape: Shape): boolean => ['record', 'variant', 'list', 'map'].includes(innerShape(shape).kind);

const Items = ({ shape, value }: { readonly shape: Extract<Shape, { readonly kind: 'list' }>; readonly value: Json }) => {
  const t = useTranslations('documents.list');
  const words = useDocumentWords();
  if (!isList(value) || value.length === 0) return <p className={styles['soft']}>{t('none')}</p>;
  return (
    <ol className={styles['items']}>
      {value.map((item, index) => (
        <li key={index}>
          {isRecord(item) && shape.isInline !== true ? (
            <details>
              <summary>
                <strong>{words.itemTitle(shape, item, index)}</strong>
                <span className={styles['soft']}>{words.itemSummary(shape, item)}</span>
              </summary>
              <DocumentReading shape={shape.item} value={item} />
            </details>
          ) : (
            (shape.title?.(item) ?? words.valueText(shape.item, item))
          )}
        </li>
      ))}
    </ol>
  );
};

/** A document to read, or a part of it: what the editor shows without its controls. */
export const DocumentReading = ({ shape, value }: ReadingProps): ReactNode => {
  const words = useDocumentWords();
  const here = innerShape(shape);
  if (here.kind === 'list') return <Items shape={here} value={value ?? []} />;
  if (!isDeep(here)) return <p>{words.valueText(here, value)}</p>;
  return (
    <div className={styles['record']}>
      {fieldsOf(here, value).map(([name, each]) => {
        const held = isRecord(value) ? value[name] : undefined;
        const isShownDeep = isDeep(each) && held !== null && held !== undefined;
        return (
          <div key={name} className={isShownDeep ? styles['group'] : styles['fact']}>
            <span className={styles['label']}>{words.labelOf(name, each)}</span>
            {isShownDeep ? <DocumentReading shape={each} value={held} /> : <span>{words.valueText(each, held)}</span>}
          </div>
        );
      })}
    </div>
  );
};
