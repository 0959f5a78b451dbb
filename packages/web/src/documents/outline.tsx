import { useTranslations } from 'use-intl';
import { Switch } from '../parts/form/switch.tsx';
import { ToggleChip } from '../parts/form/toggle-chip.tsx';
import { withValue, type Position } from './edit-document.ts';
import { useRefusalAt, useRefusalOf } from './editor-context.ts';
import { isList, isRecord, type Json } from './json.ts';
import { ListEditor } from './list-editor.tsx';
import { MapEditor } from './map-editor.tsx';
import { PredicateEditor } from './predicate-editor.tsx';
import { groupOf, isPredicate } from './predicates.ts';
import { ScalarField, type FieldProps } from './scalar-field.tsx';
import { fieldsOf, type Shape } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './outline.module.css';

export type NodeProps = {
  readonly shape: Shape;
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: Json | undefined;
  readonly position: Position;
  /** undefined takes the value away */
  readonly onChange: (value: Json | undefined) => void;
};

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null;

/** What may be absent: a switch, and the value behind it. */
const OptionalEditor = ({ shape, label, value, position, onChange }: NodeProps) => {
  if (shape.kind !== 'optional') return null;
  const { of, start, none, absent } = shape;
  const isOn = !isEmpty(value);
  return (
    <div className={styles['optional']}>
      <Switch
        label={label}
        {...(isOn ? {} : { hint: none })}
        isOn={isOn}
        onChange={(isSet) => onChange(isSet ? start : absent === 'null' ? null : undefined)}
      />
      {isOn ? <NodeEditor shape={of} label={label} isLabelHidden value={value} position={position} onChange={onChange} /> : null}
    </div>
  );
};

/** Several of a known list. */
const SeveralEditor = ({ shape, label, value, error, onChange }: FieldProps<'several'>) => {
  const chosen = isList(value) ? value.map(String) : [];
  const unknown = chosen.filter((id) => !shape.options.some((option) => option.id === id)).map((id) => ({ id, label: id }));
  return (
    <div role="group" aria-label={label} className={styles['field']}>
      <span className={styles['label']}>{label}</span>
      <span className={styles['chips']}>
        {[...shape.options, ...unknown].map((option) => (
          <ToggleChip
            key={option.id}
            isOn={chosen.includes(option.id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))}
          >
            {option.label}
          </ToggleChip>
        ))}
      </span>
      {error === undefined ? null : <p className={styles['error']}>{error}</p>}
    </div>
  );
};

/** The fields of a record, each with its control. */
const Fields = ({ shape, value, position, onChange }: Omit<NodeProps, 'label'>) => {
  const { labelOf } = useDocumentWords();
  const record = isRecord(value) ? value : {};
  const change = (name: string, next: Json | undefined): void => {
    const chosen = shape.kind === 'variant' && name === shape.by ? shape.variants.find(({ id }) => id === next) : undefined;
    const start = chosen !== undefined && isRecord(chosen.start) ? chosen.start : undefined;
    // Another variant begins with its own fields and keeps those that both have.
    const kept =
      start === undefined ? record : Object.fromEntries(Object.entries({ ...start, ...record }).filter(([field]) => field in start));
    onChange(withValue(kept, [name], next));
  };
  return (
    <div className={styles['fields']} data-inline={shape.kind === 'record' && shape.isInline === true ? '' : undefined}>
      {fieldsOf(shape, record).map(([name, each]) => (
        <NodeEditor
          key={name}
          shape={each}
          label={labelOf(name, each)}
          value={record[name]}
          position={[...position, name]}
          onChange={(next) => change(name, next)}
        />
      ))}
    </div>
  );
};

/** A record within another: its fields under its name. */
const Group = (props: NodeProps) => {
  const refusal = useRefusalOf(props.position);
  const fields = <Fields {...props} />;
  if (props.label === '' || props.isLabelHidden === true) return fields;
  return (
    <fieldset className={styles['group']}>
      <legend>{props.label}</legend>
      {refusal === undefined ? null : <p className={styles['error']}>{refusal}</p>}
      {fields}
    </fieldset>
  );
};

/** Edits any part of a document in the control that its shape asks for. */
export const NodeEditor = (props: NodeProps) => {
  const { shape, label, isLabelHidden = false, value, position, onChange } = props;
  const t = useTranslations('documents');
  const { valueText } = useDocumentWords();
  const error = useRefusalAt(position);
  switch (shape.kind) {
    case 'optional':
      return <OptionalEditor {...props} />;
    case 'record':
    case 'variant':
      return <Group {...props} />;
    case 'list':
      return <ListEditor shape={shape} label={label} value={isList(value) ? value : []} position={position} onChange={onChange} />;
    case 'map':
      return <MapEditor shape={shape} label={label} value={isRecord(value) ? value : {}} position={position} onChange={onChange} />;
    case 'several':
      return <SeveralEditor shape={shape} label={label} value={value} error={error} onChange={onChange} />;
    case 'predicate':
      return (
        <fieldset className={styles['group']}>
          <legend className={isLabelHidden ? 'only-spoken' : undefined}>{label}</legend>
          {error === undefined ? null : <p className={styles['error']}>{error}</p>}
          {isPredicate(value) && groupOf(value).parts.length > 1 ? <p className={styles['sentence']}>{valueText(shape, value)}</p> : null}
          {isPredicate(value) ? <PredicateEditor predicate={value} fields={shape.fields} onChange={(next) => onChange(next)} /> : null}
        </fieldset>
      );
    case 'fixed':
      return (
        <p className={styles['field']}>
          <span className={styles['label']}>{label}</span> {valueText(shape, value) || t('optional.none')}
        </p>
      );
    default:
      return <ScalarField shape={shape} label={label} isLabelHidden={isLabelHidden} value={value} error={error} onChange={onChange} />;
  }
};
