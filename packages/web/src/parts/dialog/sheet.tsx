import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from '../form/button.tsx';
import styles from './sheet.module.css';

type SheetProps = {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** `side`: the screen behind stays in view; `middle`: one question */
  readonly at?: 'side' | 'middle';
  readonly foot?: ReactNode;
  readonly children: ReactNode;
};

/** A dialog over the screen; Escape and a click beside it close it, what was typed is the owner's to keep. */
export const Sheet = ({ title, isOpen, onClose, at = 'side', foot, children }: SheetProps) => {
  const t = useTranslations('shell');
  return (
    <ModalOverlay className={styles['veil'] ?? ''} isOpen={isOpen} isDismissable onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className={styles[at] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''}>
          <header className={styles['head']}>
            <Heading slot="title">{title}</Heading>
            <Button look="quiet" isIcon aria-label={t('close')} onPress={onClose}>
              <X size={18} aria-hidden="true" />
            </Button>
          </header>
          <div className={styles['body']}>{children}</div>
          {foot === undefined ? null : <footer className={styles['foot']}>{foot}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
