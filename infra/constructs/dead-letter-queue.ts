import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { named, type Stage } from '../stages.ts';
import { impactAlarm } from './impact-alarm.ts';

/** A queue for what could not be handled: kept for 14 days, with an alarm at the first message. */
export const deadLetterQueue = (
  scope: Construct,
  id: string,
  { stage, name, impact }: { readonly stage: Stage; readonly name: string; readonly impact: string },
): Queue => {
  const queue = new Queue(scope, id, {
    queueName: named(stage, name),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const metric = queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' });
  impactAlarm(scope, `${id}Alarm`, { metric, threshold: 0, impact });
  return queue;
};
