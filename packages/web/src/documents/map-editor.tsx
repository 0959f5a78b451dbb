import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import type { Position } from './edit-document.ts';
import type { Json, JsonRecord } from './json.ts';
import { NodeEditor } from './outline.tsx';
import type { Shape } from './shape.ts';
import styles from './outline.module.css';

type MapEditorProps = {
  readonly shape: Extract<Shape, { readonly kind: 'map' }>;
  readonly label: string;
  readonly value: JsonRecord;
  readonly position: Position;
  readonly onChange: (value: Json) => void;
};

/** Names that the company chose, each with its value. */
export const MapEditor = ({ shape, label, value, position, onChange }: MapEditorProps) => {
  const t = useTranslations('documents.list');
  const [name, setName] = useState('');
  const isTaken = Object.hasOwn(value, name.trim());
  const without = (dropped: string): JsonRecord => Object.fromEntries(Object.entries(value).filter(([each]) => each !== dropped));
  const add = (): void => {
    if (name.trim() === '' || isTaken) return;
    onChange({ ...value, [name.trim()]: shape.start });
    setName('');
  };
  return (
    <fieldset className={styles['group']}>
      <legend>{label}</legend>
      {Object.entries(value).map(([each, inner]) => (
        <div key={each} className={styles['entry']}>
          <NodeEditor
            shape={shape.item}
            label={each}
            value={inner}
            position={[...position, each]}
            onChange={(next) => onChange(next === undefined ? without(each) : { ...value, [each]: next })}
          />
          <Button look="quiet" isIcon aria-label={`${t('remove')}: ${each}`} onPress={() => onChange(without(each))}>
            <Trash2 size={16} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div className={styles['entry']}>
        <TextField label={t('newKey')} value={name} onChange={setName} error={isTaken ? t('takenKey') : undefined} maxLength={60} />
        <Button onPress={add} isDisabled={name.trim() === '' || isTaken}>
          {t('addPlain')}
        </Button>
      </div>
    </fieldset>
  );
};
