import { itemLimits } from '@meilenstein/contracts';
import * as z from 'zod';
import { calibrated, calibrationBand, noCalibration, seeOutcome, type CalibrationBand } from './learned-score-calibration.ts';
import { closedColumn, column, emptyColumn, openedColumn, seeValue, type OpenColumn } from './learned-score-column.ts';
import { featuresOf, type ScoreFacts } from './learned-score-features.ts';

/** `value` is added to the log-odds; `squares` sums the squared gradients, by which AdaGrad slows down. */
const weight = z.object({ value: z.number(), squares: z.number(), leads: z.int().nonnegative() });
type Weight = { value: number; squares: number; leads: number };

/** What won and lost leads taught so far; plain data, every number with its name. */
export const learnedModel = z.object({
  won: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  start: weight,
  weights: z.record(z.string(), weight),
  columns: z.record(z.string(), column),
  calibration: z.array(calibrationBand),
});
export type LearnedModel = z.infer<typeof learnedModel>;

/** A lead whose end is known. */
export type Example = { readonly facts: ScoreFacts; readonly won: boolean };

export const emptyModel: LearnedModel = {
  won: 0,
  lost: 0,
  start: { value: 0, squares: 0, leads: 0 },
  weights: {},
  columns: {},
  calibration: noCalibration(),
};

/** Fewer won or lost leads than this say nothing yet (docs/model/formulas.md 7.3). */
export const minOutcomes = 40;

const learningRate = 0.15;
const shrinkage = 1e-4;
const smallest = 1e-8;

type OpenModel = {
  won: number;
  lost: number;
  start: Weight;
  weights: Map<string, Weight>;
  columns: Map<string, OpenColumn>;
  calibration: CalibrationBand[];
};

const opened = (model: LearnedModel): OpenModel => ({
  ...model,
  start: { ...model.start },
  weights: new Map(Object.entries(model.weights).map(([name, one]) => [name, { ...one }])),
  columns: new Map(Object.entries(model.columns).map(([field, one]) => [field, openedColumn(one)])),
  calibration: model.calibration.map((band) => ({ ...band })),
});

const byName = <Value>([a]: readonly [string, Value], [b]: readonly [string, Value]): number => (a < b ? -1 : 1);

const closed = (open: OpenModel): LearnedModel => ({
  ...open,
  weights: Object.fromEntries([...open.weights].toSorted(byName)),
  columns: Object.fromEntries([...open.columns].toSorted(byName).map(([field, one]) => [field, closedColumn(one)])),
});

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));

/** The features of a lead by field, in the order of their names: so sums do not depend on what was learned first. A field that this lead lacks but others had is one that is not known. */
const readFacts = (open: OpenModel, facts: ScoreFacts): readonly (readonly [field: string, features: readonly string[]])[] => {
  const fields = [...new Set([...open.columns.keys(), ...Object.keys(facts)])].toSorted();
  return fields.map((field) => [field, featuresOf(field, textIn(facts, field), open.columns.get(field) ?? emptyColumn())] as const);
};

const textIn = (facts: ScoreFacts, field: string): string => (Object.hasOwn(facts, field) ? (facts[field] ?? '').trim() : '');

const sumOf = (open: OpenModel, features: readonly string[]): number =>
  features.reduce((sum, name) => sum + (open.weights.get(name)?.value ?? 0), 0);

const step = (one: Weight, gradient: number): void => {
  const slope = gradient + shrinkage * one.value;
  one.squares += slope * slope;
  one.value -= (learningRate * slope) / Math.sqrt(one.squares + smallest);
  one.leads += 1;
};

/** Beyond so many fields, those that the model does not know yet are left out: forms may name as many as they like. */
const learnableIn = (open: OpenModel, facts: ScoreFacts): ScoreFacts => {
  let room = itemLimits.learnedFields - open.columns.size;
  return Object.fromEntries(Object.entries(facts).filter(([field]) => open.columns.has(field) || (room -= 1) >= 0));
};

const learnOne = (open: OpenModel, { facts: all, won }: Example): void => {
  const facts = learnableIn(open, all);
  const features = readFacts(open, facts).flatMap(([, names]) => names);
  const probability = logistic(open.start.value + sumOf(open, features));
  seeOutcome(open.calibration, probability, won);
  const gradient = probability - (won ? 1 : 0);
  step(open.start, gradient);
  for (const name of features) {
    const one = open.weights.get(name) ?? { value: 0, squares: 0, leads: 0 };
    open.weights.set(name, one);
    step(one, gradient);
  }
  if (won) open.won += 1;
  else open.lost += 1;
  for (const [field, text] of Object.entries(facts)) {
    const seen = open.columns.get(field) ?? emptyColumn();
    open.columns.set(field, seen);
    if (text.trim() !== '') seeValue(seen, text.trim());
  }
};

/** The model after further leads, in the order in which their ends became known. The model that came in stays as it was. */
export const learn = (model: LearnedModel, examples: readonly Example[]): LearnedModel => {
  const open = opened(model);
  for (const example of examples) learnOne(open, example);
  return closed(open);
};

const isSilent = ({ won, lost }: Pick<LearnedModel, 'won' | 'lost'>): boolean => won < minOutcomes || lost < minOutcomes;

/** What a field's value adds to the log-odds of being won. */
type Contribution = { readonly field: string; readonly value: string | null; readonly weight: number };

export type LearnedScore =
  | { readonly status: 'not-enough-outcomes'; readonly won: number; readonly lost: number; readonly needed: number }
  | {
      readonly status: 'scored';
      readonly probability: number;
      readonly start: number;
      readonly contributions: readonly Contribution[];
      /** what earlier predictions of this height were too low by, in log-odds */ readonly recalibration: number;
    };

/**
 * The probability that a lead is won, with what speaks for and against it, strongest first; silent below 40 won and 40 lost. Start,
 * contributions and recalibration together are its log-odds.
 */
export const learnedScore = (model: LearnedModel, facts: ScoreFacts): LearnedScore => {
  if (isSilent(model)) return { status: 'not-enough-outcomes', won: model.won, lost: model.lost, needed: minOutcomes };
  const open = opened(model);
  const contributions = readFacts(open, facts).map(([field, names]) => {
    return { field, value: textIn(facts, field) || null, weight: sumOf(open, names) };
  });
  const logOdds = contributions.reduce((sum, one) => sum + one.weight, open.start.value);
  const probability = calibrated(open.calibration, logistic(logOdds));
  return {
    status: 'scored',
    probability,
    start: open.start.value,
    recalibration: logOddsOf(probability) - logOdds,
    contributions: contributions.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.field < b.field ? -1 : 1)),
  };
};

/** Every weight by name, heaviest first: the whole model as a person can read it. */
export const readableWeights = (
  model: LearnedModel,
): readonly { readonly name: string; readonly weight: number; readonly leads: number }[] =>
  Object.entries(model.weights)
    .map(([name, { value, leads }]) => ({ name, weight: value, leads }))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.name < b.name ? -1 : 1));

export type Prediction = { readonly probability: number; readonly won: boolean; readonly isSilent: boolean };

/**
 * Predicts each lead from those before it only, then learns it: an honest test of the model. Leads of one group are of one time, so
 * none of them is learned before all are predicted. While the model is silent, the prediction is the share won so far.
 */
export const replay = (groups: Iterable<readonly Example[]>): readonly Prediction[] => {
  const open = opened(emptyModel);
  const predictions: Prediction[] = [];
  for (const group of groups) {
    for (const { facts, won } of group) {
      const silent = isSilent(open);
      const share = (open.won + 1) / (open.won + open.lost + 2);
      const features = silent ? [] : readFacts(open, facts).flatMap(([, names]) => names);
      const probability = silent ? share : calibrated(open.calibration, logistic(open.start.value + sumOf(open, features)));
      predictions.push({ probability, won, isSilent: silent });
    }
    for (const example of group) learnOne(open, example);
  }
  return predictions;
};
