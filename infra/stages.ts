import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export const stageNames = ['dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

/** Everything in which the stages differ; everything else is the same in all of them. */
export const stages = {
  dev: {
    name: 'dev',
    keepData: false,
    removal: RemovalPolicy.DESTROY,
    logRetention: RetentionDays.TWO_WEEKS,
    /** the company's zone: schedules run by it */
    zone: 'Europe/Berlin',
    requestsPerSecond: 200,
    burst: 400,
    archive: Duration.days(30),
    /** origins of browsers that may call the API */
    origins: ['http://localhost:5173'],
  },
  prod: {
    name: 'prod',
    keepData: true,
    removal: RemovalPolicy.RETAIN,
    logRetention: RetentionDays.SIX_MONTHS,
    zone: 'Europe/Berlin',
    requestsPerSecond: 1000,
    burst: 2000,
    archive: Duration.days(30),
    origins: [],
  },
} as const;
export type Stage = (typeof stages)[StageName];

/** A name of ours: `meilenstein-<stage>-…`; fixed, so that stacks need no exports to find each other. */
export const named = (stage: Stage, ...parts: readonly string[]): string => ['meilenstein', stage.name, ...parts].join('-');

/** A parameter of ours: `/meilenstein/<stage>/…`. */
export const parameterName = (stage: Stage, ...parts: readonly string[]): string => ['', 'meilenstein', stage.name, ...parts].join('/');
