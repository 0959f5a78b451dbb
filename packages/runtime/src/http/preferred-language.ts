import { languages, type Language } from '@meilenstein/kernel';

const rangeOf = (text: string): { readonly language: string; readonly weight: number } => {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { language: tag.split('-')[0] ?? '', weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
};

/** The language of `Accept-Language` that we speak best; English where none is named. */
export const preferredLanguage = (header: string | undefined): Language => {
  const ranges = (header ?? '').split(',').map(rangeOf);
  const wanted = ranges.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const found = wanted.flatMap(({ language }) => languages.filter((one) => one === language));
  return found[0] ?? 'en';
};
