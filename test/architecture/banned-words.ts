/**
 * Words of a private dialect, each with the words of the trade. A name of a file or an export may not have one as a part. The word list of
 * the project is docs/glossary.md.
 */
const bannedWords: Readonly<Record<string, string>> = {
  door: 'handler',
  coat: 'middleware',
  shelf: 'store',
  shelves: 'stores',
  desk: 'the use case as a verb',
  look: 'check',
  looks: 'checks',
  looked: 'checked',
  turn: 'rotation',
  turns: 'rotation',
  standing: 'stage, status',
  place: 'assignment, position',
  places: 'assignments, positions',
  placed: 'assigned',
  course: 'timeline',
  courses: 'timelines',
  stay: 'dwell',
  stays: 'dwells',
  sight: 'viewing context',
  moment: 'asOf, instant',
  school: 'training',
  lesson: 'training data',
  lessons: 'training data',
  rival: 'baseline',
  rivals: 'baselines',
  guess: 'estimate',
  guesses: 'estimates',
  bury: 'move to the dead-letter queue',
  buried: 'moved to the dead-letter queue',
  settle: 'resolve, or what is done',
  settles: 'resolves, or what is done',
  settled: 'resolved, or what was done',
  said: 'emitted',
  told: 'emitted, printed',
  tell: 'report, notify, print',
  heard: 'received',
  unheard: 'not received',
};

/** The words of a name in camel case or kebab case, in lower case. */
export const wordsOf = (name: string): readonly string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());

/** What is wrong with a name, as a line that a person can act on; undefined if nothing is. */
export const complaintAbout = (name: string): string | undefined => {
  const word = wordsOf(name).find((part) => part in bannedWords);
  return word === undefined ? undefined : `${name}: “${word}” is not the trade’s word; say ${bannedWords[word]}`;
};
