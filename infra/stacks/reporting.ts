import { CfnCondition, CfnOutput, CfnParameter, Duration, Fn, type App } from 'aws-cdk-lib';
import { AccountRootPrincipal, ArnPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { reportingApi, reportingOnCompanyChanged, reportingOnFact } from '@meilenstein/contracts';
import { privateBucket } from '../constructs/private-bucket.ts';
import { ScheduledFunction } from '../constructs/schedule.ts';
import { named, type Stage } from '../stages.ts';
import { allowPresigned, ServiceStack } from './service-stack.ts';

export class ReportingStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'reporting', 'Other systems do not learn that a report was published or restated.');
    const reports = privateBucket(this, 'Reports', { stage, name: 'reports' });
    this.financeReads(stage, reports);

    const api = this.serves(reportingApi, {
      handler: 'reporting-api',
      timeout: Duration.seconds(29),
      impact: 'Nobody can list, run or download reports.',
    });
    allowPresigned(api, reports, ['s3:GetObject', 's3:PutObject']);
    this.receives(reportingOnFact);
    this.receives(reportingOnCompanyChanged, { timeout: Duration.seconds(30) });
    const weekly = new ScheduledFunction(this, 'weekly-report', {
      stage,
      service: 'reporting',
      handler: 'weekly-report',
      // every morning, because a company chooses the first day of its weeks
      cron: '0 5 * * ? *',
      timeout: Duration.minutes(15),
      memory: 1024,
      impact: 'Finance does not find the weekly report on the first morning of the week.',
    });
    weekly.function.grantTable(this.table);
    allowPresigned(weekly.function, reports, ['s3:GetObject', 's3:PutObject']);
    for (const writer of [api, weekly.function]) writer.allow(['s3:ListBucket'], [reports.bucketArn]);
  }

  /** Finance reads the files with its own role; a parameter says who may assume it. */
  private financeReads(stage: Stage, reports: Bucket): void {
    const principal = new CfnParameter(this, 'FinancePrincipal', {
      default: '',
      description: 'ARN of the principal that may read the reports; empty for this account only',
    });
    const empty = new CfnCondition(this, 'NoFinancePrincipal', { expression: Fn.conditionEquals(principal.valueAsString, '') });
    const account = new AccountRootPrincipal().arn;
    const role = new Role(this, 'Finance', {
      roleName: named(stage, 'finance-reader'),
      assumedBy: new ArnPrincipal(Fn.conditionIf(empty.logicalId, account, principal.valueAsString).toString()),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [reports.arnForObjects('reports/*')] }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [reports.bucketArn] }));
    new CfnOutput(this, 'FinanceRole', { value: role.roleArn });
  }
}
