/** What a person reads, in both languages of the product. */
export type Text = { readonly de: string; readonly en: string };

/** Somebody as whom a person may sign in on this machine. */
export type Persona = {
  readonly subject: string;
  readonly name: string;
  /** what this somebody does in the company */
  readonly role: Text;
  /** what there is to try, in one line */
  readonly hint: Text;
  /** what tokens say about them, beside the subject and the name */
  readonly claims: Readonly<Record<string, unknown>>;
};
