import { replay, type Prediction } from '../domain/learned-score.ts';
import { scoreMeasures, type ScoreMeasures } from '../domain/score-measures.ts';
import { inOrder, rowsOf, type Question } from './rows.ts';

export type Backtest = {
  /** one JSON text for each lead, in their order */
  readonly lines: readonly string[];
  readonly rows: number;
  /** predicted while there were too few outcomes: the share won so far */
  readonly silent: number;
  readonly all: ScoreMeasures;
  /** the same over the last 30 % of the rows */
  readonly last: ScoreMeasures;
};

const lineOf = (id: string, { probability, won }: Prediction): string => JSON.stringify({ id, p: probability, y: won ? 1 : 0 });

/** Predicts each lead of a file from those before it only. */
export const backtest = (bytes: Uint8Array, question: Question): Backtest => {
  const groups = inOrder(rowsOf(bytes, question));
  const predictions = replay(groups.map((group) => group.map((row) => row.example)));
  const ids = groups.flat().map((row) => row.id);
  return {
    lines: predictions.map((one, index) => lineOf(ids[index] ?? '', one)),
    rows: predictions.length,
    silent: predictions.filter((one) => one.isSilent).length,
    all: scoreMeasures(predictions),
    last: scoreMeasures(predictions.slice(Math.floor(predictions.length * 0.7))),
  };
};
