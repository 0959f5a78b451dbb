/** A mail of a sequence; nobody is written to without the way out. */
export const followUpMail = (to: string, wording: { readonly subject: string; readonly text: string }, withdraw: string) => ({
  to,
  subject: wording.subject,
  text: [wording.text.trimEnd(), '', '— — —', 'Keine Post mehr von uns / No more mail from us:', withdraw, ''].join('\n'),
});
