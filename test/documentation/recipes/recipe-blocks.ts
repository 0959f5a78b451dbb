/** What a block of code does to the tree: it is a new file, or lines at an anchor of one that exists. */
type Edit = {
  readonly file: string;
  readonly at: 'new' | 'before' | 'after' | 'instead-of';
  readonly anchor: string;
  /** the last line that `instead-of` replaces; absent: only that of the anchor */
  readonly until?: string;
};

/** A fenced block of a recipe. `edit` is undefined where its info string names no file. */
export type RecipeBlock = {
  readonly recipe: string;
  readonly line: number;
  readonly language: string;
  readonly edit: Edit | undefined;
  readonly text: string;
};

const fence = /^( *)```(\S*) ?(.*)\n([\s\S]*?)^\1```$/gm;
const info = /^(\S+)(?: (before|after|instead-of) "(.+?)"(?: to "(.+)")?)?$/;

const editOf = (text: string): Edit | undefined => {
  const [, file, at, anchor = '', until] = info.exec(text.trim()) ?? [];
  if (file === undefined) return undefined;
  return {
    file,
    at: at === 'before' || at === 'after' || at === 'instead-of' ? at : 'new',
    anchor,
    ...(until === undefined ? {} : { until }),
  };
};

/** The fenced blocks of a recipe in their order, without the indentation of the list that they stand in. */
export const blocksOf = (recipe: string, markdown: string): readonly RecipeBlock[] =>
  [...markdown.matchAll(fence)].map(({ 1: indent = '', 2: language = '', 3: rest = '', 4: body = '', index }) => ({
    recipe,
    line: markdown.slice(0, index).split('\n').length,
    language,
    edit: editOf(rest),
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

/**
 * The content of a file after a block was applied.
 * @param before undefined where there is no such file
 * @throws where a new file exists already, or where not exactly one line of the file holds the anchor
 */
export const applyBlock = (before: string | undefined, { recipe, line, edit, text }: RecipeBlock): string => {
  const place = `${recipe}, line ${line}`;
  if (edit === undefined) throw new Error(`${place}: the block names no file`);
  const { file, at, anchor, until } = edit;
  if (at === 'new') {
    if (before !== undefined) throw new Error(`${place}: ${file} exists already; say before, after or instead-of which line`);
    return text;
  }
  const lines = (before ?? '').split('\n');
  const found = lines.flatMap((content, index) => (content.includes(anchor) ? [index] : []));
  const [position] = found;
  if (position === undefined || found.length > 1)
    throw new Error(`${place}: ${found.length} lines of ${file} hold ${anchor}; exactly one must`);
  const from = at === 'after' ? position + 1 : position;
  const last = until === undefined ? position : lines.findIndex((content, index) => index >= position && content.includes(until));
  if (last === -1) throw new Error(`${place}: no line of ${file} below ${anchor} holds ${until}`);
  return lines.toSpliced(from, at === 'instead-of' ? last - position + 1 : 0, ...text.trimEnd().split('\n')).join('\n');
};
