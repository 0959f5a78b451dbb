// Some reps and teams win more of their open business than others. The factors are learnt from the errors of their own forecasts.
import type { TrainingExample } from '../learning/learned-parameters.ts';
import type { Situation } from '../input/situation.ts';

/** A team is shrunk towards the company, and an owner towards the team, with the weight of this many mean orders. */
const [pullOrders, halfLifeDays] = [50, 183];

type Balance = { forecast: number; actual: number };

/** The flow's figure and the actual of each node of a level. The flow is scaled by the company's actual ÷ flow, so that only differences between nodes count. */
const balances = (trainingData: readonly TrainingExample[], level: 'team' | 'owner', today: number): ReadonlyMap<string, Balance> => {
  const found = new Map<string, Balance>();
  const whole = new Map(trainingData.filter((one) => one.node.level === 'total').map((one) => [one.window.until, one]));
  for (const { node, window, actual, record } of trainingData) {
    const total = whole.get(window.until);
    const [flow, ofTotal] = [record.experts['flow'] ?? 0, total?.record.experts['flow'] ?? 0];
    if (node.level !== level || total === undefined || ofTotal <= 0) continue;
    const weight = 0.5 ** ((today - window.until) / halfLifeDays);
    const balance = found.get(node.key) ?? { forecast: 0, actual: 0 };
    balance.forecast += weight * flow * (Math.max(0, total.actual) / ofTotal);
    balance.actual += weight * Math.max(0, actual);
    found.set(node.key, balance);
  }
  return found;
};

/** For each cell: how much more its owner wins than the flow expects. */
export const cellFactors = ({ cells, trainingData, today }: Situation, meanOrder: number): Float64Array => {
  const length = Math.min(...trainingData.map((one) => one.window.until - one.window.from));
  const examples = trainingData.filter((one) => one.window.until - one.window.from <= length + 3);
  const [teams, owners] = [balances(examples, 'team', today), balances(examples, 'owner', today)];
  const pull = pullOrders * meanOrder;
  const factor = (balance: Balance | undefined, towards: number): number =>
    balance === undefined || pull <= 0 ? towards : (pull * towards + balance.actual) / (pull + balance.forecast);
  return Float64Array.from(cells, ({ teamId, ownerId }) => factor(owners.get(ownerId), factor(teams.get(teamId), 1)));
};
