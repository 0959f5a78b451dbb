/**
 * A text for comparing regardless of case: full case folding of Unicode, in NFC. `ß` is `ss` and every sigma is the same, but a dotless `ı`
 * is no `i`.
 */
export const foldCase = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split('ı')
    .map((part) => part.toUpperCase().toLowerCase())
    .join('ı')
    .replaceAll('ς', 'σ')
    .normalize('NFC');
