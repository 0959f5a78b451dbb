import type { FieldTest, Predicate } from '@meilenstein/kernel';

/** How a language puts the parts of a predicate together. */
export type SentenceWords = {
  readonly test: (rule: FieldTest) => string;
  readonly not: (part: string) => string;
  readonly and: string;
  readonly or: string;
};

const partsIn = (predicate: Predicate): readonly Predicate[] => {
  if ('all' in predicate) return predicate.all;
  return 'any' in predicate ? predicate.any : [];
};

/** A predicate as one sentence; only groups inside others stand in brackets. */
export const predicateSentence = (predicate: Predicate, words: SentenceWords, isInner = false): string => {
  if ('field' in predicate) return words.test(predicate);
  if ('not' in predicate) return words.not(predicateSentence(predicate.not, words));
  const parts = partsIn(predicate);
  const sentence = parts.map((part) => predicateSentence(part, words, parts.length > 1)).join('all' in predicate ? words.and : words.or);
  return isInner && parts.length > 1 ? `(${sentence})` : sentence;
};
