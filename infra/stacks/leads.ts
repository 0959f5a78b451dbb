import { CfnParameter, Duration, type App } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  consentsApi,
  intakeApi,
  leadsApi,
  leadsOnCompanyChanged,
  leadsOnConsentRequested,
  leadsOnFollowUpStepTaken,
  leadsOnLeadErased,
  leadsOnLeadEscalated,
  leadsStartServiceLevel,
  leadsOnLeadTouched,
  leadsReviewAssignment,
  leadsOnOpportunityEnded,
  leadsOnProcessPublished,
  leadsOnSellerChanged,
  leadsOnSubmissionReferred,
  leadsOnSubmissionStored,
  leadsStartFollowUp,
} from '@meilenstein/contracts';
import { impactAlarm } from '../constructs/impact-alarm.ts';
import { privateBucket } from '../constructs/private-bucket.ts';
import { ScheduledFunction } from '../constructs/schedule.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { uploadSubscription } from '../constructs/upload-subscription.ts';
import { parameterName, type Stage } from '../stages.ts';
import { allowPresigned, ServiceStack } from './service-stack.ts';

export class LeadsStack extends ServiceStack {
  constructor(app: App, stage: Stage) {
    super(app, stage, 'leads', 'Stored submissions do not become leads, and nobody hears of new, scored or converted leads.');
    const imports = privateBucket(this, 'Imports', { stage, name: 'leads-imports', expireAfterDays: 30, uploads: true });

    this.readsSecrets(
      this.serves(intakeApi, { handler: 'intake', impact: 'Forms get no answer: leads are lost unless the provider sends them again.' }),
    );
    const api = this.serves(leadsApi, { handler: 'leads-api', impact: 'Reps cannot see or convert leads, marketing cannot set up forms.' });
    this.readsSecrets(api).allow(['ssm:PutParameter'], [this.secretArn('sources', '*')]);
    allowPresigned(api, imports, ['s3:PutObject', 's3:GetObject']);

    const fetcher = this.receives(leadsOnSubmissionReferred);
    this.readsSecrets(fetcher);
    const reader = this.receives(leadsOnSubmissionStored);
    this.knowsPeople(this.readsSecrets(reader));
    this.receives(leadsOnCompanyChanged, { timeout: Duration.minutes(5) });
    this.receives(leadsOnProcessPublished);
    const job = uploadSubscription(this, 'import-leads', {
      stage,
      service: 'leads',
      handler: 'import-leads',
      bucket: imports,
      table: this.table,
      impact: 'An uploaded file of leads is not imported.',
    });
    this.knowsPeople(job.consumer);
    this.judgesLeads(stage);
    this.caresForPeople(stage);
    this.findsOwners(stage);
    this.watchesDeadlines(stage);
    this.looksAfterItself(stage);
  }

  /** What becomes of leads when people are away, leave or come, and of leads that have no owner. */
  private findsOwners(stage: Stage): void {
    this.receives(leadsOnSellerChanged, { timeout: Duration.minutes(5) });
    this.receives(leadsReviewAssignment);
    const watch = new ScheduledFunction(this, 'watch-sellers', {
      stage,
      service: 'leads',
      handler: 'watch-sellers',
      cron: '0/5 * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Leads stay with reps whose absence began or who left, and leads wait in queues though somebody is there again.',
    });
    watch.function.grantTable(this.table);
  }

  /** The minute's sweep over the due-index. */
  private watchesDeadlines(stage: Stage): void {
    const sweep = new ScheduledFunction(this, 'sweep-due', {
      stage,
      service: 'leads',
      handler: 'sweep-due',
      cron: '* * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Missed deadlines are not noticed: leads that nobody answers are neither reported nor escalated.',
    });
    sweep.function.grantTable(this.table);
    this.receives(leadsStartServiceLevel);
    this.receives(leadsStartFollowUp);
    this.receives(leadsOnLeadEscalated);
  }

  /** Points, qualification, and what won and lost leads teach. */
  private judgesLeads(stage: Stage): void {
    this.receives(leadsOnLeadTouched);
    this.receives(leadsOnOpportunityEnded);
    const learning = new ScheduledFunction(this, 'learn-from-outcomes', {
      stage,
      service: 'leads',
      handler: 'learn-from-outcomes',
      cron: '30 3 * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'The learned score stays as it was; points and qualification are not touched.',
    });
    learning.function.grantTable(this.table);
  }

  /** Consent by mail, erasure, retention. */
  private caresForPeople(stage: Stage): void {
    const functions = this.serves(consentsApi, {
      handler: 'consents-api',
      impact: 'Links in mails lead nowhere: people can neither confirm nor withdraw a consent.',
    });
    this.knowsPeople(functions);
    const asker = this.receives(leadsOnConsentRequested);
    this.knowsPeople(asker);
    const from = new CfnParameter(this, 'MailFrom', {
      default: 'no-reply@example.com',
      description: 'Sender of mails to leads; an identity that SES has verified in this account',
    });
    const follower = this.receives(leadsOnFollowUpStepTaken);
    this.knowsPeople(follower);
    const apiUrl = StringParameter.valueForStringParameter(this, parameterName(stage, 'api-url'));
    for (const writer of [asker, follower]) {
      writer.lambda.addEnvironment('MAIL_FROM', from.valueAsString);
      writer.lambda.addEnvironment('API_URL', apiUrl);
      writer.lambda.addToRolePolicy(
        new PolicyStatement({
          actions: ['ses:SendEmail'],
          resources: [this.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
          conditions: { StringEquals: { 'ses:FromAddress': from.valueAsString } },
        }),
      );
    }
    this.receives(leadsOnLeadErased, { timeout: Duration.minutes(5) });
    const retention = new ScheduledFunction(this, 'apply-retention', {
      stage,
      service: 'leads',
      handler: 'apply-retention',
      cron: '0 4 * * ? *',
      timeout: Duration.minutes(15),
      impact: 'Leads are kept longer than the company promised.',
    });
    retention.function.grantTable(this.table).allow(['dynamodb:Scan'], [this.table.tableArn]);
  }

  /** Reconciles the submissions of every source once an hour. */
  private looksAfterItself(stage: Stage): void {
    const reconciliation = new ScheduledFunction(this, 'check-reconciliation', {
      stage,
      service: 'leads',
      handler: 'check-reconciliation',
      cron: '10 * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Nobody would notice submissions that are stuck.',
    });
    reconciliation.function.grantTable(this.table);
    const metric = (metricName: string) =>
      new Metric({
        namespace: 'meilenstein',
        metricName,
        dimensionsMap: { service: 'leads' },
        statistic: 'sum',
        period: Duration.hours(1),
      });
    impactAlarm(this, 'Overdue', {
      metric: metric('SubmissionOverdue'),
      threshold: 0,
      impact: 'Submissions have waited for more than 15 minutes: customers who wrote to us are not answered.',
    });
    impactAlarm(this, 'Unbalanced', {
      metric: metric('ReconciliationUnbalanced'),
      threshold: 0,
      impact: 'A submission was received and nobody can say what became of it.',
    });
  }

  private secretArn(...parts: readonly string[]): string {
    return this.formatArn({ service: 'ssm', resource: `parameter${parameterName(this.stage, ...parts)}` });
  }

  private readsSecrets(target: ServiceFunction): ServiceFunction {
    target.lambda.addEnvironment('SECRETS_PREFIX', parameterName(this.stage, 'sources'));
    return target.allow(['ssm:GetParameter'], [this.secretArn('sources', '*')]);
  }

  /** The key from which the keys of persons are made; created by whoever needs it first. */
  private knowsPeople(target: ServiceFunction): void {
    target.lambda.addEnvironment('PERSON_KEY_PARAMETER', parameterName(this.stage, 'person-key'));
    target.allow(['ssm:GetParameter', 'ssm:PutParameter'], [this.secretArn('person-key')]);
  }
}
