import type { Amount } from '../format/figures.ts';

/** An amount without its sign, for sentences whose words say which way it goes. */
export const unsigned = ({ amount, currency }: Amount): Amount => ({ amount: amount.replace(/^-/, ''), currency });
