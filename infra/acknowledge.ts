import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { named, parameterName, type Stage } from './stages.ts';

/** Findings of AwsSolutions that are accepted, each with its reason. */
const acknowledged = [
  {
    id: 'AwsSolutions-APIG4',
    reason:
      'Webhooks carry no token: the sender signs the body, which the function verifies before it stores anything. What no route serves gets 404 or 405 from a function that may do nothing. Every other route has the JWT authorizer.',
  },
  {
    id: 'AwsSolutions-COG3',
    reason:
      'The pool is the default for trying out; it has MFA and no self sign-up. Companies bring their own OpenID provider as a parameter. Threat protection needs the paid plan.',
  },
  {
    id: 'AwsSolutions-COG8',
    reason: 'The Plus plan is a decision about money that belongs to the company; the pool is replaced by its own OpenID provider.',
  },
  {
    id: 'AwsSolutions-CFR1',
    reason: 'People sell and travel in every country; who may sign in is decided by the OpenID provider and not by an address.',
  },
  {
    id: 'AwsSolutions-CFR2',
    reason: 'A WAF costs money each month and is a decision of the company: the parameter WebAcl of the edge puts one before page and API.',
  },
  {
    id: 'AwsSolutions-CFR3',
    reason:
      'Requests to the API are in the access log of the API. Who loads which file of the page is not worth a bucket of addresses of people.',
  },
  {
    id: 'AwsSolutions-CFR4',
    reason:
      'A distribution under the domain of CloudFront cannot choose its oldest TLS version. With a domain of its own (PageUrl, PageCertificate) it is 1.2.',
  },
  {
    id: 'AwsSolutions-S1',
    reason:
      'Access to the buckets is in CloudTrail data events, which the account owns; a log bucket for each stack would only add another bucket to watch.',
  },
  { id: 'AwsSolutions-SQS3', reason: 'The queues without a dead-letter queue are the dead-letter queues.' },
] as const;

/** Wildcards in grants: each is limited to names of this system. A new one is a new line here, with its reason. */
const wildcards = (stage: Stage) => [
  { grant: 'Resource::*', reason: 'X-Ray takes traces without naming a resource; Lambda’s own tracing needs it.' },
  { grant: 'Resource::<ImportsC5EA4F6F.Arn>/*', reason: 'The objects of the service’s own imports bucket.' },
  { grant: 'Resource::<ImportsC5EA4F6F.Arn>/imports/*', reason: 'The import job deletes an upload once it was read.' },
  {
    grant: 'Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*',
    reason: 'The verified identity may be the address or its domain; a condition allows the one sender address only.',
  },
  {
    grant: `Resource::arn:<AWS::Partition>:s3:::${named(stage, '<AWS::AccountId>', '<AWS::Region>', 'page')}/*`,
    reason: 'The objects of the page’s own bucket, for the function that lays them down.',
  },
  { grant: 'Resource::<Reports65402A0A.Arn>/*', reason: 'The objects of the report bucket, for reporting’s own functions.' },
  { grant: 'Resource::<Reports65402A0A.Arn>/reports/*', reason: 'Finance reads the published reports and nothing else.' },
  {
    grant: `Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter${parameterName(stage, 'sources')}/*`,
    reason: 'Sources and their secrets are made at run time, below one prefix.',
  },
  {
    grant: `Resource::arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${named(stage, '*')}`,
    reason: 'The operator republishes history to any one subscription of this stage.',
  },
];

/** Checks every stack against AwsSolutions; a finding without a reason stops the synthesis. */
export const checkWithNag = (app: App, stage: Stage): void => {
  const validations = Validations.of(app);
  validations.addPlugins(new AwsSolutionsChecks(app));
  for (const finding of acknowledged) validations.acknowledge(finding);
  for (const { grant, reason } of wildcards(stage)) validations.acknowledge({ id: `AwsSolutions-IAM5[${grant}]`, reason });
};
