import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Json } from '../documents/json.ts';
import { NodeEditor } from '../documents/outline.tsx';
import type { Shape } from '../documents/shape.ts';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';

type ItemSheetProps = {
  readonly title: string;
  readonly shape: Shape;
  readonly start: Json;
  readonly isComplete: (item: Json) => boolean;
  readonly onTake: (item: Json) => void;
  readonly onClose: () => void;
};

/** One row of a table with all its fields; it changes the draft only when somebody takes it over. */
export const ItemSheet = ({ title, shape, start, isComplete, onTake, onClose }: ItemSheetProps) => {
  const t = useTranslations('setup.organisation');
  const shell = useTranslations('shell');
  const [item, setItem] = useState<Json>(start);
  return (
    <Sheet
      title={title}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" isDisabled={!isComplete(item)} onPress={() => onTake(item)}>
            {t('take')}
          </Button>
        </>
      }
    >
      <NodeEditor shape={shape} label="" value={item} position={[]} onChange={(next) => setItem(next ?? {})} />
    </Sheet>
  );
};
