/** Dollars, us-east-1, on demand, November 2025, without free tiers and discounts. */
export const prices = {
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64, a gigabyte for a second */
  lambdaGigabyteSecond: 0.0000133334,
  httpRequest: 1 / 1e6,
  event: 1 / 1e6,
  queueRequest: 0.4 / 1e6,
  logGigabyte: 0.5,
  trace: 5 / 1e6,
  /** a decryption with the key of the Parameter Store */
  keyRequest: 0.03 / 10_000,
  alarmMonth: 0.1,
} as const;

/** What is assumed where only an account could tell. */
export const assumed = {
  /** a call of DynamoDB, EventBridge or SQS from a function, in seconds */
  callSeconds: 0.006,
  /** CPU of an invocation that is not its calls, in seconds */
  workSeconds: 0.003,
  /** START, END and REPORT of an invocation */
  logBytes: 400,
  /** X-Ray takes 5 % and the first of each second */
  traced: 0.05,
} as const;
