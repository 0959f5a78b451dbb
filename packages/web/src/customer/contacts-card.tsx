import { Link } from '@tanstack/react-router';
import { Mail, Phone, Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useReadEach } from '../api/use-read-each.ts';
import { useReadPages } from '../api/use-read-pages.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import styles from './contacts-card.module.css';
import type { Contact } from './contact-sheet.tsx';

type ContactsProps = { readonly accountId: string; readonly onAdd: () => void; readonly onEdit: (contact: Contact) => void };

const looks = { decides: 'accent', signs: 'accent', influences: 'plain', uses: 'plain', blocks: 'warning', unknown: 'plain' } as const;
const consentLooks = { given: 'good', withdrawn: 'danger', unknown: 'plain' } as const;

/** Who is known at an account, and what they have to say in a decision. Of a lead, the name stands with the lead. */
export const ContactsCard = ({ accountId, onAdd, onEdit }: ContactsProps) => {
  const t = useTranslations('customer.contacts');
  const shell = useTranslations('shell');
  const reading = useReadPages('GET /accounts/{accountId}/contacts', { path: { accountId }, query: { limit: 50 } });
  const contacts = reading.items;
  const nameless = (contacts ?? []).flatMap(({ leadId, name, isErased }) =>
    leadId === null || name !== undefined || isErased ? [] : [leadId],
  );
  const leads = useReadEach(
    'GET /leads/{leadId}',
    nameless.map((leadId) => ({ path: { leadId } })),
  );
  const nameOf = ({ leadId, name, position, isErased }: Contact): string => {
    const lead = leads.find((one) => one.leadId === leadId);
    return isErased ? t('erased') : (name ?? lead?.person.name ?? lead?.person.email ?? position ?? t('fromLead'));
  };
  return (
    <Card
      title={t('title')}
      actions={
        <Button look="quiet" hint="N" onPress={onAdd}>
          <Plus size={16} aria-hidden="true" />
          {t('add')}
        </Button>
      }
    >
      {reading.isError && contacts === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {contacts === undefined && !reading.isError ? <Bone height="8rem" /> : null}
      {contacts?.length === 0 ? <p>{t('none')}</p> : null}
      <ul className={styles['list']}>
        {contacts?.map((contact) => (
          <li key={contact.contactId} className={styles['contact']}>
            <div className={styles['head']}>
              {contact.isErased ? (
                <span>{nameOf(contact)}</span>
              ) : (
                <Button look="quiet" aria-label={t('edit', { name: nameOf(contact) })} onPress={() => onEdit(contact)}>
                  {nameOf(contact)}
                </Button>
              )}
              <Tag look={looks[contact.role]}>{t(`roles.${contact.role}`)}</Tag>
              {contact.consent === 'unknown' ? null : <Tag look={consentLooks[contact.consent]}>{t(`consents.${contact.consent}`)}</Tag>}
            </div>
            <div className={styles['reach']}>
              {contact.position === undefined ? null : <small>{contact.position}</small>}
              {contact.email === undefined ? null : (
                <a href={`mailto:${contact.email}`}>
                  <Mail size={14} aria-hidden="true" /> {contact.email}
                </a>
              )}
              {contact.phone === undefined ? null : (
                <a href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>
                  <Phone size={14} aria-hidden="true" /> {contact.phone}
                </a>
              )}
              {contact.leadId === null || contact.isErased ? null : <Link to={`/leads/${contact.leadId}`}>{t('fromLead')}</Link>}
            </div>
          </li>
        ))}
      </ul>
      {reading.more === undefined ? null : (
        <Button onPress={reading.more.load} isDisabled={reading.more.isLoading}>
          {shell('loadMore')}
        </Button>
      )}
    </Card>
  );
};
