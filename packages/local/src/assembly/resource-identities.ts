import { createHash } from 'node:crypto';
import { accountId, arnOf, region } from '../account-and-region.ts';

/** How a resource type is named and what other resources may ask of it. */
export type ResourceIdentity = {
  /** The property that holds a name given by the template. */
  readonly nameProperty?: string;
  /** What `Ref` gives; the name where nothing is said. */
  readonly ref?: (name: string, addresses: Addresses) => string;
  readonly attributes?: (name: string, addresses: Addresses) => Readonly<Record<string, string>>;
};

/** Where on this machine it is what templates only name. */
export type Addresses = {
  readonly apiUrl: string;
  readonly queueUrl: (name: string) => string;
  readonly issuerUrl: string;
  /** origin of the server that speaks S3 */
  readonly bucketUrl: string;
  /** host and port of the distribution: the page and the API behind one name */
  readonly pageHost: string;
};

const arnOnly = (service: string, prefix: string) => (name: string) => ({ Arn: arnOf(service, `${prefix}${name}`) });
const userPoolId = (name: string): string => `${region}_${createHash('sha256').update(name).digest('hex').slice(0, 9)}`;
const userPoolProvider = (name: string): string => `cognito-idp.${region}.amazonaws.com/${userPoolId(name)}`;

const cloudFrontArn = (kind: string, name: string): string => `arn:aws:cloudfront::${accountId}:${kind}/${name}`;

/** Every resource type that the local cloud knows; any other stops the start. */
export const resourceIdentities: Readonly<Record<string, ResourceIdentity>> = {
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    attributes: (name) => ({ Arn: arnOf('dynamodb', `table/${name}`), StreamArn: arnOf('dynamodb', `table/${name}/stream/local`) }),
  },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', attributes: arnOnly('lambda', 'function:') },
  'AWS::Lambda::EventSourceMapping': {},
  'AWS::Lambda::Permission': {},
  'AWS::Lambda::EventInvokeConfig': {},
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    attributes: (name) => ({ Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: name }),
  },
  'AWS::IAM::Policy': {},
  'AWS::IAM::ManagedPolicy': { nameProperty: 'ManagedPolicyName', ref: (name) => `arn:aws:iam::${accountId}:policy/${name}` },
  'AWS::Events::EventBus': { nameProperty: 'Name', attributes: (name) => ({ Arn: arnOf('events', `event-bus/${name}`), Name: name }) },
  'AWS::Events::Rule': { nameProperty: 'Name', attributes: arnOnly('events', 'rule/') },
  'AWS::Events::Archive': {
    nameProperty: 'ArchiveName',
    attributes: (name) => ({ Arn: arnOf('events', `archive/${name}`), ArchiveName: name }),
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: (name, { queueUrl }) => queueUrl(name),
    attributes: (name, { queueUrl }) => ({ Arn: arnOf('sqs', name), QueueName: name, QueueUrl: queueUrl(name) }),
  },
  'AWS::SQS::QueuePolicy': {},
  'AWS::ApiGatewayV2::Api': { attributes: (name, { apiUrl }) => ({ ApiId: name, ApiEndpoint: apiUrl }) },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName' },
  'AWS::ApiGatewayV2::Route': {},
  'AWS::ApiGatewayV2::Integration': {},
  'AWS::ApiGatewayV2::Authorizer': { attributes: (name) => ({ AuthorizerId: name }) },
  'AWS::Logs::LogGroup': { nameProperty: 'LogGroupName', attributes: arnOnly('logs', 'log-group:') },
  'AWS::Logs::MetricFilter': {},
  'AWS::CloudWatch::Alarm': { nameProperty: 'AlarmName', attributes: arnOnly('cloudwatch', 'alarm:') },
  'AWS::CloudWatch::Dashboard': { nameProperty: 'DashboardName' },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: (name) => arnOf('sns', name),
    attributes: (name) => ({ TopicArn: arnOf('sns', name), TopicName: name }),
  },
  'AWS::SNS::TopicPolicy': {},
  'AWS::SNS::Subscription': {},
  'AWS::SSM::Parameter': { nameProperty: 'Name' },
  'AWS::Scheduler::Schedule': { nameProperty: 'Name', attributes: arnOnly('scheduler', 'schedule/default/') },
  'AWS::Scheduler::ScheduleGroup': { nameProperty: 'Name', attributes: arnOnly('scheduler', 'schedule-group/') },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    attributes: (name) => ({
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    }),
  },
  'AWS::S3::BucketPolicy': {},
  'AWS::KMS::Key': { attributes: (name) => ({ Arn: arnOf('kms', `key/${name}`), KeyId: name }) },
  'AWS::KMS::Alias': { nameProperty: 'AliasName' },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: (name, { issuerUrl }) => ({
      Arn: arnOf('cognito-idp', `userpool/${userPoolId(name)}`),
      UserPoolId: userPoolId(name),
      ProviderName: userPoolProvider(name),
      ProviderURL: issuerUrl,
    }),
  },
  'AWS::Cognito::UserPoolClient': { attributes: (name) => ({ ClientId: name, Name: name }) },
  'AWS::Cognito::ManagedLoginBranding': {},
  'AWS::Cognito::UserPoolGroup': { nameProperty: 'GroupName' },
  'AWS::Cognito::UserPoolResourceServer': { nameProperty: 'Identifier' },
  'AWS::Cognito::UserPoolDomain': { nameProperty: 'Domain' },
  'AWS::CloudFront::Distribution': { attributes: (name, { pageHost }) => ({ Id: name, DomainName: pageHost }) },
  'AWS::CloudFront::Function': { nameProperty: 'Name', attributes: (name) => ({ FunctionARN: cloudFrontArn('function', name) }) },
  'AWS::CloudFront::ResponseHeadersPolicy': { attributes: (name) => ({ Id: name }) },
  'AWS::CloudFront::OriginAccessControl': { attributes: (name) => ({ Id: name }) },
  'AWS::CloudFormation::CustomResource': {},
  'AWS::CDK::Metadata': {},
};
