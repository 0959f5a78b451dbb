import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export type AlarmOf = {
  readonly metric: IMetric;
  /** the alarm is raised above this */
  readonly threshold: number;
  /** one sentence: what a person loses while the alarm is on */
  readonly impact: string;
  readonly periods?: number;
};

/** An alarm that says what a person loses. */
export const impactAlarm = (scope: Construct, id: string, { metric, threshold, impact, periods = 1 }: AlarmOf): Alarm =>
  new Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: impact,
  });
