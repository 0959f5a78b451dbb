import type * as z from 'zod';
import { computeResources } from './compute-resources.ts';
import { edgeResources } from './edge-resources.ts';
import { readProperties } from './read-properties.ts';
import type { Resource } from './resolve-stacks.ts';
import { storageResources } from './storage-resources.ts';

const implemented = { ...computeResources, ...edgeResources, ...storageResources };

/** Types that need no doing here: permissions, alarms, keys, names of things that only an account has. */
const accepted: ReadonlySet<string> = new Set([
  'AWS::Lambda::Permission',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::Events::EventBus',
  'AWS::SQS::QueuePolicy',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::S3::BucketPolicy',
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CDK::Metadata',
]);

type Definition<Schema extends z.ZodType> = { readonly schema: Schema; readonly ignored: readonly string[] };

/** A resource that the local cloud runs, with its properties read. */
export type SystemResource<Properties> = {
  readonly path: string;
  readonly name: string;
  readonly ref: string;
  readonly properties: Properties;
  readonly assetFolders: ReadonlyMap<string, string>;
};

/** Stops with the resource's path when any of them is of a type, or has a property, that is not supported. */
export function refuseUnsupported(resources: readonly Resource[]): void {
  const definitions: Readonly<Record<string, { schema: z.ZodType; ignored: readonly string[] }>> = implemented;
  for (const resource of resources) {
    const definition = definitions[resource.type];
    if (definition !== undefined) readProperties(resource, definition.schema, definition.ignored);
    else if (!accepted.has(resource.type)) throw new Error(`${resource.path}: resource type ${resource.type} is not supported`);
  }
}

/** Everything that has to run, by kind. */
export type System = ReturnType<typeof readSystem>;

/** Sorts the resources by kind and reads their properties. */
export function readSystem(resources: readonly Resource[]) {
  const all = <Schema extends z.ZodType>(
    type: string,
    { schema, ignored }: Definition<Schema>,
  ): readonly SystemResource<z.infer<Schema>>[] =>
    resources
      .filter((resource) => resource.type === type)
      .map((resource) => ({
        path: resource.path,
        name: resource.name,
        ref: resource.ref,
        properties: readProperties(resource, schema, ignored),
        assetFolders: resource.assetFolders,
      }));
  return {
    busNames: resources.filter(({ type }) => type === 'AWS::Events::EventBus').map(({ name }) => name),
    tables: all('AWS::DynamoDB::Table', storageResources['AWS::DynamoDB::Table']),
    functions: all('AWS::Lambda::Function', computeResources['AWS::Lambda::Function']),
    mappings: all('AWS::Lambda::EventSourceMapping', computeResources['AWS::Lambda::EventSourceMapping']),
    invokeConfigs: all('AWS::Lambda::EventInvokeConfig', computeResources['AWS::Lambda::EventInvokeConfig']),
    rules: all('AWS::Events::Rule', computeResources['AWS::Events::Rule']),
    archives: all('AWS::Events::Archive', computeResources['AWS::Events::Archive']),
    queues: all('AWS::SQS::Queue', computeResources['AWS::SQS::Queue']),
    schedules: all('AWS::Scheduler::Schedule', computeResources['AWS::Scheduler::Schedule']),
    buckets: all('AWS::S3::Bucket', storageResources['AWS::S3::Bucket']),
    parameters: all('AWS::SSM::Parameter', storageResources['AWS::SSM::Parameter']),
    apis: all('AWS::ApiGatewayV2::Api', storageResources['AWS::ApiGatewayV2::Api']),
    stages: all('AWS::ApiGatewayV2::Stage', storageResources['AWS::ApiGatewayV2::Stage']),
    routes: all('AWS::ApiGatewayV2::Route', storageResources['AWS::ApiGatewayV2::Route']),
    integrations: all('AWS::ApiGatewayV2::Integration', storageResources['AWS::ApiGatewayV2::Integration']),
    authorizers: all('AWS::ApiGatewayV2::Authorizer', storageResources['AWS::ApiGatewayV2::Authorizer']),
    clients: all('AWS::Cognito::UserPoolClient', edgeResources['AWS::Cognito::UserPoolClient']),
    distributions: all('AWS::CloudFront::Distribution', edgeResources['AWS::CloudFront::Distribution']),
    viewerFunctions: all('AWS::CloudFront::Function', edgeResources['AWS::CloudFront::Function']),
    headerPolicies: all('AWS::CloudFront::ResponseHeadersPolicy', edgeResources['AWS::CloudFront::ResponseHeadersPolicy']),
    customResources: all('AWS::CloudFormation::CustomResource', edgeResources['AWS::CloudFormation::CustomResource']),
  };
}
