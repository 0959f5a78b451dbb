/** A prediction whose outcome is known. */
export type GradedPrediction = { readonly probability: number; readonly won: boolean };

/** How well predictions came true; null if there is nothing to measure. */
export type ScoreMeasures = {
  readonly leads: number;
  readonly won: number;
  /** the chance that a won lead was ranked before a lost one; null unless there are both */
  readonly auc: number | null;
  readonly logLoss: number | null;
  /** the log-loss of always saying the share won: what a score has to beat */
  readonly baseLogLoss: number | null;
  /** expected calibration error over ten bands of equal width */
  readonly calibrationError: number | null;
};

const minProbability = 1e-9;

const lossOf = (probability: number, won: boolean): number => -Math.log(Math.max(minProbability, won ? probability : 1 - probability));

/** The mean rank of the won ones (Mann and Whitney); equal probabilities share their middle rank. */
const areaUnderCurve = (graded: readonly GradedPrediction[], won: number): number | null => {
  const lost = graded.length - won;
  if (won === 0 || lost === 0) return null;
  const ordered = graded.toSorted((a, b) => a.probability - b.probability);
  let ranks = 0;
  for (let from = 0; from < ordered.length;) {
    let until = from;
    let wonHere = 0;
    for (; ordered[until]?.probability === ordered[from]?.probability && until < ordered.length; until += 1)
      wonHere += ordered[until]?.won === true ? 1 : 0;
    ranks += (wonHere * (from + 1 + until)) / 2;
    from = until;
  }
  return (ranks - (won * (won + 1)) / 2) / (won * lost);
};

const calibrationError = (graded: readonly GradedPrediction[]): number => {
  const bands = Array.from({ length: 10 }, () => 0);
  for (const { probability, won } of graded) {
    const index = Math.min(9, Math.floor(probability * 10));
    bands[index] = (bands[index] ?? 0) + probability - (won ? 1 : 0);
  }
  return bands.reduce((sum, gap) => sum + Math.abs(gap), 0) / graded.length;
};

export const scoreMeasures = (graded: readonly GradedPrediction[]): ScoreMeasures => {
  const [leads, won] = [graded.length, graded.filter((one) => one.won).length];
  if (leads === 0) return { leads, won, auc: null, logLoss: null, baseLogLoss: null, calibrationError: null };
  const share = won / leads;
  return {
    leads,
    won,
    auc: areaUnderCurve(graded, won),
    logLoss: graded.reduce((sum, one) => sum + lossOf(one.probability, one.won), 0) / leads,
    baseLogLoss: graded.reduce((sum, one) => sum + lossOf(share, one.won), 0) / leads,
    calibrationError: calibrationError(graded),
  };
};

/** The measures of each source, by its id. */
export const measuresBySource = (
  graded: readonly (GradedPrediction & { readonly sourceId: string })[],
): Readonly<Record<string, ScoreMeasures>> => {
  const sources = [...new Set(graded.map((one) => one.sourceId))].toSorted();
  return Object.fromEntries(sources.map((id) => [id, scoreMeasures(graded.filter((one) => one.sourceId === id))]));
};
