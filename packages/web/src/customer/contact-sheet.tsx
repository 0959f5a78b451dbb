import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { useMe } from '../company/me.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { consents, contactFields, contactRoles, contactBody, type ContactDraft } from './contact-draft.ts';

export type Contact = Item<'GET /accounts/{accountId}/contacts'>;
type ContactSheetProps = { readonly accountId: string; readonly contact: Contact | undefined; readonly onClose: () => void };

/** Adds a contact, changes one, or erases the person. */
export const ContactSheet = ({ accountId, contact, onClose }: ContactSheetProps) => {
  const t = useTranslations('customer.contacts');
  const send = useSend();
  const client = useQueryClient();
  const { roles } = useMe();
  const [draft, setDraft] = useState<ContactDraft>({
    name: contact?.name ?? '',
    position: contact?.position ?? '',
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    role: contact?.role ?? 'unknown',
    consent: contact?.consent ?? 'unknown',
  });
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<unknown>();
  const [isErasing, setErasing] = useState(false);
  const set = (changed: Partial<ContactDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const mayErase = contact !== undefined && roles.some((role) => role !== 'rep');
  const after = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setFailure(error);
    }
  };
  const save = (): Promise<void> => {
    const { added, amended } = contactBody(draft);
    return after(
      contact === undefined
        ? send('POST /accounts/{accountId}/contacts', { path: { accountId }, body: added }, { idempotencyKey: key })
        : send('POST /contacts/{contactId}/amend', {
            path: { contactId: contact.contactId },
            body: amended,
            ifMatch: String(contact.version),
          }),
    );
  };
  const isEmpty = contactFields.every((field) => draft[field].trim() === '');
  return (
    <Sheet
      title={t(contact === undefined ? 'addTitle' : 'editTitle')}
      isOpen
      onClose={onClose}
      foot={
        <>
          {mayErase ? (
            <Button
              look="danger"
              onPress={() =>
                isErasing ? void after(send('DELETE /contacts/{contactId}', { path: { contactId: contact.contactId } })) : setErasing(true)
              }
            >
              {t(isErasing ? 'eraseConfirm' : 'erase')}
            </Button>
          ) : null}
          <Button look="primary" isDisabled={contact === undefined && isEmpty} onPress={() => void save()}>
            {t('save')}
          </Button>
        </>
      }
    >
      {failure === undefined ? null : <FailureMessage error={failure} />}
      {isErasing ? <p>{t('eraseText')}</p> : null}
      {contactFields.map((field, index) => (
        <TextField
          key={field}
          label={t(field)}
          value={draft[field]}
          onChange={(text) => set({ [field]: text })}
          autoFocus={index === 0}
          maxLength={200}
        />
      ))}
      <Select
        label={t('role')}
        value={draft.role}
        options={contactRoles.map((id) => ({ id, label: t(`roles.${id}`) }))}
        onChange={(role) => set({ role })}
      />
      <Select
        label={t('consent')}
        value={draft.consent}
        options={consents.map((id) => ({ id, label: t(`consents.${id}`) }))}
        onChange={(consent) => set({ consent })}
      />
    </Sheet>
  );
};
