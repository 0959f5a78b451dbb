export const contactFields = ['name', 'position', 'email', 'phone'] as const;
export const contactRoles = ['decides', 'influences', 'uses', 'signs', 'blocks', 'unknown'] as const;
export const consents = ['unknown', 'given', 'withdrawn'] as const;

/** A contact as it is typed. */
export type ContactDraft = Readonly<Record<(typeof contactFields)[number], string>> & {
  readonly role: (typeof contactRoles)[number];
  readonly consent: (typeof consents)[number];
};

/** What is sent: a new contact leaves out what was not typed; of one that is known, an empty field is taken away. */
export const contactBody = ({ role, consent, ...texts }: ContactDraft) => {
  const typed = contactFields.map((field) => [field, texts[field].trim()] as const);
  return {
    added: { ...Object.fromEntries(typed.filter(([, text]) => text !== '')), role, consent },
    amended: { ...Object.fromEntries(typed.map(([field, text]) => [field, text === '' ? null : text])), role, consent },
  };
};
