import { ChevronDown, ChevronRight, Ellipsis, Plus, Trash2 } from 'lucide-react';
import { use, useId, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Menu } from '../parts/dialog/menu.tsx';
import { isWithin, withAdded, withMoved, withoutItem, withValue, type Position } from './edit-document.ts';
import { RefusedPartContext, useRefusalOf } from './editor-context.ts';
import type { Json, JsonList } from './json.ts';
import { NodeEditor } from './outline.tsx';
import type { Shape } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './outline.module.css';

type ListShape = Extract<Shape, { readonly kind: 'list' }>;

type ListEditorProps = {
  readonly shape: ListShape;
  readonly label: string;
  readonly value: JsonList;
  readonly position: Position;
  readonly onChange: (value: Json) => void;
};

type ItemProps = ListEditorProps & {
  readonly index: number;
  readonly item: Json;
  readonly isOpen: boolean;
  /** it was just added, so whoever added it goes on there */
  readonly isNew: boolean;
  readonly onRemove: (index: number) => void;
  readonly onOpen: (index: number | undefined) => void;
};

/** An item as a line that says what it holds, and its fields when it is open. */
const OutlineItem = ({ shape, value, position, onChange, index, item, isOpen, isNew, onOpen, onRemove }: ItemProps) => {
  const t = useTranslations('documents.list');
  const words = useDocumentWords();
  const id = useId();
  const refused = use(RefusedPartContext);
  const here = [...position, index];
  const isRefused = refused !== undefined && isWithin(refused.position, here);
  const isShown = isOpen || isRefused;
  const title = words.itemTitle(shape, item, index);
  const edit = (next: Json | undefined): void => onChange(withValue(value, [index], next) ?? []);
  const change = (list: JsonList, open?: number): void => {
    onChange(list);
    onOpen(open);
  };
  return (
    <li className={styles['item']} data-refused={isRefused ? '' : undefined}>
      <div className={styles['line']}>
        <AriaButton
          className={styles['opener'] ?? ''}
          aria-expanded={isShown}
          aria-controls={id}
          autoFocus={isNew}
          onPress={() => onOpen(isOpen ? undefined : index)}
        >
          {isShown ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />}
          <span>
            <strong>{title}</strong>
            <span className={styles['summary']}>{words.itemSummary(shape, item)}</span>
          </span>
        </AriaButton>
        <Menu
          label={t('more', { what: title })}
          actions={[
            { id: 'up', label: t('up'), run: () => change(withMoved(value, index, -1)) },
            { id: 'down', label: t('down'), run: () => change(withMoved(value, index, 1)) },
            { id: 'copy', label: t('copy'), run: () => change(withAdded(value, item, index), index + 1) },
            { id: 'remove', label: t('remove'), run: () => onRemove(index) },
          ]}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </Menu>
      </div>
      <div id={id} hidden={!isShown} className={styles['inside']}>
        {isShown ? <NodeEditor shape={shape.item} label="" value={item} position={here} onChange={edit} /> : null}
      </div>
    </li>
  );
};

/** A short item, all of it in one row. */
const InlineItem = ({ shape, value, position, onChange, index, item, onRemove }: ItemProps) => {
  const t = useTranslations('documents.list');
  const title = useDocumentWords().itemTitle(shape, item, index);
  return (
    <li className={styles['inline']} aria-label={title}>
      <NodeEditor
        shape={shape.item}
        label=""
        value={item}
        position={[...position, index]}
        onChange={(next) => onChange(withValue(value, [index], next) ?? [])}
      />
      <Button look="quiet" isIcon aria-label={`${t('remove')}: ${title}`} onPress={() => onRemove(index)}>
        <Trash2 size={16} aria-hidden="true" />
      </Button>
    </li>
  );
};

/** A list: each item opens in its own line, can be moved, copied and removed; a new one is a copy of its neighbour’s form or a plain one. */
export const ListEditor = (props: ListEditorProps) => {
  const { shape, label, value, position, onChange } = props;
  const t = useTranslations('documents.list');
  const [open, setOpen] = useState<number>();
  const [added, setAdded] = useState<number>();
  const adder = useRef<HTMLButtonElement>(null);
  const refusal = useRefusalOf(position);
  const Each = shape.isInline === true ? InlineItem : OutlineItem;
  const add = (): void => {
    onChange(withAdded(value, shape.start));
    setOpen(value.length);
    setAdded(value.length);
  };
  const remove = (index: number): void => {
    onChange(withoutItem(value, index));
    setOpen(undefined);
    // What had the focus is gone; whoever works by keyboard goes on at the end of the list.
    adder.current?.focus();
  };
  return (
    <section className={styles['list']} aria-label={label}>
      <header className={styles['listHead']}>
        <span className={styles['listTitle']}>{label}</span>
        <small>{t('entries', { count: value.length })}</small>
      </header>
      {refusal === undefined ? null : <p className={styles['error']}>{refusal}</p>}
      <ol className={styles['items']}>
        {value.map((item, index) => (
          // Items have no lasting identity while they are edited; which one is open is kept by position.
          <Each
            key={index}
            {...props}
            index={index}
            item={item}
            isOpen={open === index}
            isNew={added === index}
            onOpen={setOpen}
            onRemove={remove}
          />
        ))}
      </ol>
      <Button ref={adder} onPress={add} aria-label={t('add', { what: label })}>
        <Plus size={16} aria-hidden="true" />
        {t('addPlain')}
      </Button>
    </section>
  );
};
