import type { Predicate } from '@meilenstein/kernel';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { groupOf, predicateOf, type Join } from './predicates.ts';
import { PredicateRow } from './predicate-row.tsx';
import type { TestableField } from './shape.ts';
import styles from './predicate-editor.module.css';

type PredicateEditorProps = {
  readonly predicate: Predicate;
  readonly fields: readonly TestableField[];
  readonly onChange: (predicate: Predicate) => void;
  /** absent for the whole condition, which has to say something */
  readonly onRemove?: () => void;
};

const firstTest = (fields: readonly TestableField[]): Predicate => ({ field: fields[0]?.id ?? 'email', test: 'present' });

const withPart = (parts: readonly Predicate[], index: number, part: Predicate): readonly Predicate[] =>
  parts.map((each, at) => (at === index ? part : each));

const Remove = ({ label, onPress }: { readonly label: string; readonly onPress: () => void }) => (
  <Button look="quiet" isIcon aria-label={label} onPress={onPress}>
    <Trash2 size={16} aria-hidden="true" />
  </Button>
);

const Part = ({ predicate, fields, onChange, onRemove }: PredicateEditorProps) => {
  const t = useTranslations('documents.predicate');
  if ('field' in predicate)
    return <PredicateRow rule={predicate} fields={fields} onChange={onChange} {...(onRemove === undefined ? {} : { onRemove })} />;
  if ('not' in predicate)
    return (
      <div className={styles['inner']} role="group" aria-label={t('not')}>
        <span className={styles['head']}>
          <strong>{t('not')}</strong>
          {onRemove === undefined ? null : <Remove label={t('remove', { what: t('not') })} onPress={onRemove} />}
        </span>
        <PredicateEditor predicate={predicate.not} fields={fields} onChange={(next) => onChange({ not: next })} />
      </div>
    );
  return (
    <div className={styles['inner']} role="group" aria-label={t('addGroup')}>
      {onRemove === undefined ? null : (
        <span className={styles['head']}>
          <strong>{t('addGroup')}</strong>
          <Remove label={t('remove', { what: t('addGroup') })} onPress={onRemove} />
        </span>
      )}
      <PredicateEditor predicate={predicate} fields={fields} onChange={onChange} />
    </div>
  );
};

/** A condition as rows: one a rule, groups and exceptions in frames of their own. */
export const PredicateEditor = ({ predicate, fields, onChange }: PredicateEditorProps) => {
  const t = useTranslations('documents.predicate');
  const group = groupOf(predicate);
  const { join, parts } = group;
  const write = (next: readonly Predicate[]): void => onChange(predicateOf({ join, parts: next }));
  const add = (part: Predicate): void => write([...parts, part]);
  return (
    <div className={styles['predicate']}>
      {parts.length < 2 ? null : (
        <Choice<Join>
          label={t('join')}
          isLabelHidden
          value={join}
          options={[
            { id: 'all', label: t('all') },
            { id: 'any', label: t('any') },
          ]}
          onChange={(next) => onChange(predicateOf({ join: next, parts }))}
        />
      )}
      <ul className={styles['parts']}>
        {parts.map((part, index) => (
          <li key={index}>
            <Part
              predicate={part}
              fields={fields}
              onChange={(next) => write(withPart(parts, index, next))}
              {...(parts.length < 2 ? {} : { onRemove: () => write(parts.filter((_, at) => at !== index)) })}
            />
          </li>
        ))}
      </ul>
      <div className={styles['adds']}>
        {(
          [
            ['add', firstTest(fields)],
            ['addGroup', { any: [firstTest(fields), firstTest(fields)] }],
            ['addNot', { not: firstTest(fields) }],
          ] as const
        ).map(([what, part]) => (
          <Button key={what} look="quiet" onPress={() => add(part)}>
            <Plus size={16} aria-hidden="true" />
            {t(what)}
          </Button>
        ))}
      </div>
    </div>
  );
};
