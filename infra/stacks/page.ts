import { CfnOutput, CfnParameter, CustomResource, Duration, Stack, type App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { pageBucketName } from '../constructs/page-bucket.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { uploadOrigins } from '../constructs/upload-origins.ts';
import { fingerprintOf } from '../kept-folder.ts';
import { pageSources } from '../built-page.ts';
import { named, parameterName, type Stage } from '../stages.ts';

/**
 * The files of the page. A function of ours lays them down during the deployment, assets first, then the documents that name them. CDK's
 * own construct for that brings a Python function with the AWS command line as a layer, prunes or leaves everything, and cannot give old
 * assets a new age; and it could not run on a machine without an account.
 */
export class PageStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, named(stage, 'page'), { description: 'Meilenstein: the files of the page' });
    const ofEdge = (name: string): string => StringParameter.valueForStringParameter(this, parameterName(stage, name));
    const bucket = Bucket.fromBucketName(this, 'Bucket', pageBucketName(stage));
    const language = new CfnParameter(this, 'Language', {
      default: 'de',
      allowedValues: ['de', 'en'],
      description: 'Language of the page for those who have not chosen one',
    });
    const scope = new CfnParameter(this, 'Scope', {
      default: 'openid',
      description: 'Scopes that the page asks your OpenID provider for; some need one of the API, such as api://meilenstein/access',
    });
    const deployPage = new ServiceFunction(this, 'deploy-page', {
      stage,
      service: 'page',
      handler: 'deploy-page',
      timeout: Duration.minutes(3),
      impact: 'A new version of the page is not delivered; people go on working with the one before.',
    }).allow(['s3:GetObject', 's3:PutObject', 's3:PutObjectTagging'], [bucket.arnForObjects('*')]);
    const files = new CustomResource(this, 'Files', {
      resourceType: 'Custom::PageFiles',
      serviceToken: deployPage.lambda.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: {
        bucket: bucket.bucketName,
        // A change of this or of the configuration is what makes CloudFormation call the function again.
        release: fingerprintOf(pageSources),
        config: {
          issuer: ofEdge('page-issuer'),
          clientId: ofEdge('page-client-id'),
          scope: scope.valueAsString,
          stage: stage.name,
          language: language.valueAsString,
          uploadOrigins: uploadOrigins(stage),
        },
      },
    });
    // The function may do nothing before its policy is there.
    files.node.addDependency(deployPage);
    new CfnOutput(this, 'Address', { value: `${ofEdge('page-origin')}/app/` });
  }
}
