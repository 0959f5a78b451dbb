import { h, type ComponentChild, type ComponentChildren } from 'preact';

/** A sentence in which what stands between backticks is code. */
export const sentence = (text: string): ComponentChildren[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? h('code', null, part) : part));

/** A list, one line of the file for each item, so that a change of one item is a change of one line. */
export const list = (items: readonly ComponentChild[]): ComponentChild => h('ul', null, ...items.flatMap((item) => ['\n', item]));

/** The parts of a text with something between every two. */
export const joined = (parts: readonly ComponentChildren[], between: string): ComponentChildren[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));
