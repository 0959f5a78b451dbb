const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/**
 * Where a document that was read back lacks what was sent: the path of the first difference with both values. Fields that only the
 * system adds do not count.
 * @returns undefined where everything that was sent is there
 */
export const firstDifference = (sent: unknown, found: unknown, path = ''): string | undefined => {
  if (!isRecord(sent))
    return sent === found ? undefined : `${path || 'the document'} is ${JSON.stringify(found)}, not ${JSON.stringify(sent)}`;
  if (!isRecord(found)) return `${path || 'the document'} is ${JSON.stringify(found)}, not ${Array.isArray(sent) ? 'a list' : 'an object'}`;
  if (Array.isArray(sent) && Array.isArray(found) && sent.length !== found.length)
    return `${path || 'the document'} has ${found.length} entries, not ${sent.length}`;
  for (const [name, value] of Object.entries(sent)) {
    const difference = firstDifference(value, found[name], path === '' ? name : `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
};
