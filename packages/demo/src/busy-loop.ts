// Keeps a processor busy: until its parent is gone, or for a time in milliseconds at most.
const [, , parent = '', millis = ''] = process.argv;
const begin = performance.now();
const looksEveryMillis = 20;

const isParentThere = (): boolean => {
  if (process.ppid !== Number(parent)) return false;
  try {
    return process.kill(Number(parent), 0);
  } catch {
    return false;
  }
};

while (isParentThere() && performance.now() - begin < Number(millis)) {
  const turn = performance.now();
  while (performance.now() - turn < looksEveryMillis);
}
