import type { System } from '../assembly/system.ts';
import type { MessageAttributes } from '../queues/message.ts';

type Target = System['rules'][number]['properties']['Targets'][number];

/** Sends to a queue by ARN. @throws {DeliveryFailure} when it cannot be done */
export type Delivery = {
  readonly send: (queueArn: string, body: string, attributes?: MessageAttributes) => void;
  readonly log: (line: string) => void;
};

export class DeliveryFailure extends Error {
  readonly code: string;
  readonly mayPass: boolean;
  /** @param code EventBridge's error code @param mayPass whether trying again can help */
  constructor(code: string, message: string, mayPass: boolean) {
    super(message);
    this.code = code;
    this.mayPass = mayPass;
  }
}

type Parcel = { readonly target: Target; readonly ruleArn: string; readonly body: string };

/** An account waits minutes between attempts; here the first repeat comes at once, then twice as late each time. */
const firstWaitMillis = 50;
const longestWaitMillis = 5000;

/** Hands an event to a rule's target; what cannot be delivered goes to the target's dead-letter queue, and is dropped without one, as in an account. */
export async function deliver(parcel: Parcel, delivery: Delivery): Promise<void> {
  const { target, body } = parcel;
  const attempts = target.RetryPolicy?.MaximumRetryAttempts ?? 185;
  const deadline = Date.now() + (target.RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400) * 1000;
  for (let retries = 0; ; retries += 1) {
    try {
      return delivery.send(target.Arn, body);
    } catch (error) {
      const failure = error instanceof DeliveryFailure ? error : new DeliveryFailure('UNKNOWN', String(error), false);
      const tooOld = Date.now() >= deadline;
      if (!failure.mayPass || retries >= attempts || tooOld) {
        const condition = failure.mayPass ? (tooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts') : undefined;
        return moveToDeadLetters(parcel, failure, { retries, condition }, delivery);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(firstWaitMillis * 2 ** retries, longestWaitMillis)).unref());
    }
  }
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

type Exhaustion = { readonly retries: number; readonly condition: string | undefined };

function moveToDeadLetters(
  { target, ruleArn, body }: Parcel,
  failure: DeliveryFailure,
  { retries, condition }: Exhaustion,
  { send, log }: Delivery,
): void {
  log(`event dropped from ${ruleArn} to ${target.Arn}: ${failure.code} ${failure.message}`);
  if (target.DeadLetterConfig?.Arn === undefined) return;
  send(target.DeadLetterConfig.Arn, body, {
    RULE_ARN: text(ruleArn),
    TARGET_ARN: text(target.Arn),
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(retries) },
    ...(condition === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(condition) }),
  });
}
