/** The first number in a text such as `51-200` or `1.000 employees`. */
export const firstNumber = (text: string): number | undefined => {
  const digits = /\d+/.exec(text.replace(/(\d)[.,' ](?=\d{3}(?!\d))/g, '$1'))?.[0];
  return digits === undefined ? undefined : Number(digits);
};
