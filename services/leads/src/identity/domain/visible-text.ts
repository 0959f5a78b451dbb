/**
 * A text without the characters that nobody sees: those that change the direction, join or separate letters, or fill. Line breaks and other
 * spaces become one space. Composed, so that an accent is one character.
 */
export const withoutInvisible = (text: string): string =>
  text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .normalize('NFC');
