import { pick, type Random } from './random.ts';

const first = [
  'Anna',
  'Björn',
  'Ceyda',
  'David',
  'Elif',
  'Frieda',
  'Georg',
  'Hülya',
  'Ivo',
  'Jana',
  'Kofi',
  'Lena',
  'Mateusz',
  'Nina',
  'Öykü',
  'Paul',
  'Quirin',
  'Rosa',
  'Samir',
  'Tilda',
] as const;
const last = [
  'Albrecht',
  'Bergmann',
  'Çelik',
  'Dietz',
  'Engel',
  'Fuchs',
  'Großmann',
  'Hartung',
  'Iversen',
  'Jäger',
  'Kowalski',
  'Lorenz',
  'Müller',
  'Neumann',
  'Özdemir',
  'Petersen',
  'Quast',
  'Reuter',
  'Schäfer',
  'Thiel',
] as const;
const trades = [
  'Maschinenbau',
  'Logistik',
  'Verpackung',
  'Anlagentechnik',
  'Feinmechanik',
  'Kühltechnik',
  'Fördertechnik',
  'Messtechnik',
  'Werkzeugbau',
  'Oberflächentechnik',
] as const;
const towns = [
  'Aalen',
  'Bielefeld',
  'Chemnitz',
  'Dortmund',
  'Erfurt',
  'Freiburg',
  'Göttingen',
  'Hagen',
  'Ingolstadt',
  'Jena',
  'Kassel',
  'Lübeck',
  'Mainz',
  'Nürnberg',
  'Osnabrück',
  'Potsdam',
] as const;
const forms = ['GmbH', 'GmbH & Co. KG', 'AG', 'KG'] as const;

const ascii = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');

export type Person = { readonly name: string; readonly email: string; readonly phone: string; readonly company: string };

/** An invented person of an invented company; `n` keeps every e-mail different. */
export const person = (random: Random, n: number): Person => {
  const [given, family, town] = [pick(random, first), pick(random, last), pick(random, towns)];
  const company = `${town}er ${pick(random, trades)} ${pick(random, forms)}`;
  return {
    name: `${given} ${family}`,
    email: `${ascii(given)}.${ascii(family)}.${n}@${ascii(town)}-technik.example`,
    phone: `+49 30 ${String(5_550_000 + n).padStart(7, '0')}`,
    company,
  };
};

export const fullName = (random: Random): string => `${pick(random, first)} ${pick(random, last)}`;
