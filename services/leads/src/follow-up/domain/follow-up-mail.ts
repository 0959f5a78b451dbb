/** An e-mail of a sequence, always with an unsubscribe link. */
export const followUpMail = (to: string, wording: { readonly subject: string; readonly text: string }, withdraw: string) => ({
  to,
  subject: wording.subject,
  text: [wording.text.trimEnd(), '', '— — —', 'Keine Post mehr von uns / No more mail from us:', withdraw, ''].join('\n'),
});
