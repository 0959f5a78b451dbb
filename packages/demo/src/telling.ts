/** Prints a step when it begins and its duration when it is over. `detail` prints an aligned line below it. */
export type Steps = { <T>(what: string, work: () => Promise<T>): Promise<T>; readonly detail: (name: string, text: string) => void };

export const steps = (): Steps =>
  Object.assign(
    async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const begin = Date.now();
      console.log(`\n— ${what} …`);
      const result = await work();
      console.log(`  done in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
      return result;
    },
    { detail: (name: string, text: string) => console.log(`  ${name.padEnd(14)} ${text}`) },
  );

export const table = (rows: readonly (readonly [string, string])[]): void => {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, text] of rows) console.log(`  ${name.padEnd(width)}  ${text}`);
};
