import { CfnParameter, Duration, type App } from 'aws-cdk-lib';
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
    super(
      app,
      stage,
      'leads',
      'Stored submissions do not become leads, and other services are not told of new, scored or converted leads.',
    );
    const imports = privateBucket(this, 'Imports', { stage, name: 'leads-imports', expireAfterDays: 30, uploads: true });

    this.grantSourceSecrets(
      this.serves(intakeApi, { handler: 'intake', impact: 'Forms get no answer: leads are lost unless the provider sends them again.' }),
    );
    const api = this.serves(leadsApi, {
      handler: 'leads-api',
      impact: 'Reps cannot see or convert leads, and marketing cannot set up forms.',
    });
    this.grantSourceSecrets(api).allow(['ssm:PutParameter'], [this.secretArn('sources', '*')]);
    allowPresigned(api, imports, ['s3:PutObject', 's3:GetObject']);

    const fetchSubmissions = this.receives(leadsOnSubmissionReferred);
    this.grantPersonKey(this.grantSourceSecrets(fetchSubmissions)).allow(...this.createPersonKey());
    const readSubmissions = this.receives(leadsOnSubmissionStored);
    this.grantPersonKey(this.grantSourceSecrets(readSubmissions)).allow(...this.createPersonKey());
    this.receives(leadsOnCompanyChanged, { timeout: Duration.minutes(5) });
    this.receives(leadsOnProcessPublished);
    const importJob = uploadSubscription(this, 'import-leads', {
      stage,
      service: 'leads',
      handler: 'import-leads',
      bucket: imports,
      table: this.table,
      impact: 'An uploaded file of leads is not imported.',
    });
    this.grantPersonKey(importJob.consumer).allow(...this.createPersonKey());
    this.addScoring(stage);
    this.addConsentAndErasure(stage);
    this.addAssignment(stage);
    this.addServiceLevels(stage);
    this.addReconciliation(stage);
  }

  /** Reassigns leads of reps who are absent or have left, and finds owners for leads without one. */
  private addAssignment(stage: Stage): void {
    this.receives(leadsOnSellerChanged, { timeout: Duration.minutes(5) });
    this.receives(leadsReviewAssignment);
    const watch = new ScheduledFunction(this, 'watch-sellers', {
      stage,
      service: 'leads',
      handler: 'watch-sellers',
      cron: '0/5 * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Leads stay with reps who are absent or have left, and leads wait in queues although a rep is available again.',
    });
    watch.function.grantTable(this.table);
  }

  /** Service levels and follow-up: the sweep of the due-index every minute, and what starts and escalates. */
  private addServiceLevels(stage: Stage): void {
    const sweep = new ScheduledFunction(this, 'sweep-due', {
      stage,
      service: 'leads',
      handler: 'sweep-due',
      cron: '* * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Missed deadlines are not noticed: unanswered leads are neither reported nor escalated.',
    });
    sweep.function.grantTable(this.table);
    this.receives(leadsStartServiceLevel);
    this.receives(leadsStartFollowUp);
    this.receives(leadsOnLeadEscalated);
  }

  /** Points, qualification and the learned score. */
  private addScoring(stage: Stage): void {
    this.receives(leadsOnLeadTouched);
    this.receives(leadsOnOpportunityEnded);
    const learning = new ScheduledFunction(this, 'learn-from-outcomes', {
      stage,
      service: 'leads',
      handler: 'learn-from-outcomes',
      cron: '30 3 * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'The learned score is not updated; points and qualification are not affected.',
    });
    learning.function.grantTable(this.table);
  }

  /** Consent and follow-up e-mails, erasure, retention. */
  private addConsentAndErasure(stage: Stage): void {
    const consents = this.serves(consentsApi, {
      handler: 'consents-api',
      impact: 'Links in e-mails lead nowhere: people can neither confirm nor withdraw a consent.',
    });
    this.grantPersonKey(consents);
    const requestConsent = this.receives(leadsOnConsentRequested);
    this.grantPersonKey(requestConsent);
    const from = new CfnParameter(this, 'MailFrom', {
      default: 'no-reply@example.com',
      description: 'Sender of e-mails to leads: an identity that SES has verified in this account',
    });
    const sendFollowUp = this.receives(leadsOnFollowUpStepTaken);
    this.grantPersonKey(sendFollowUp);
    const apiUrl = StringParameter.valueForStringParameter(this, parameterName(stage, 'api-url'));
    for (const sender of [requestConsent, sendFollowUp]) {
      sender.lambda.addEnvironment('MAIL_FROM', from.valueAsString);
      sender.lambda.addEnvironment('API_URL', apiUrl);
      sender.lambda.addToRolePolicy(
        new PolicyStatement({
          actions: ['ses:SendEmail'],
          resources: [this.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
          conditions: { StringEquals: { 'ses:FromAddress': from.valueAsString } },
        }),
      );
    }
    this.grantPersonKey(this.receives(leadsOnLeadErased, { timeout: Duration.minutes(5) }));
    const retention = new ScheduledFunction(this, 'apply-retention', {
      stage,
      service: 'leads',
      handler: 'apply-retention',
      cron: '0 4 * * ? *',
      timeout: Duration.minutes(15),
      impact: 'Leads are kept longer than the company promised.',
    });
    retention.function.grantTable(this.table).allow(['dynamodb:Scan'], [this.table.tableArn]);
    this.grantPersonKey(retention.function);
    impactAlarm(this, 'UnfinishedErasure', {
      metric: this.metricOf('ErasureUnfinished'),
      threshold: 0,
      impact: 'An erasure had left personal data, which the nightly run deleted: find out why it was not finished at once.',
    });
  }

  /** Reconciles the submissions of every source once an hour. */
  private addReconciliation(stage: Stage): void {
    const reconciliation = new ScheduledFunction(this, 'check-reconciliation', {
      stage,
      service: 'leads',
      handler: 'check-reconciliation',
      cron: '10 * * * ? *',
      timeout: Duration.minutes(5),
      memory: 1024,
      impact: 'Nobody notices when submissions get stuck.',
    });
    reconciliation.function.grantTable(this.table);
    impactAlarm(this, 'Unread', {
      metric: this.metricOf('SubmissionUnread'),
      threshold: 0,
      impact: 'Submissions have waited for more than 15 minutes: customers who wrote to us get no answer.',
    });
    impactAlarm(this, 'Unbalanced', {
      metric: this.metricOf('ReconciliationUnbalanced'),
      threshold: 0,
      impact: 'A submission was received, and there is no record of what became of it.',
    });
  }

  private secretArn(...parts: readonly string[]): string {
    return this.formatArn({ service: 'ssm', resource: `parameter${parameterName(this.stage, ...parts)}` });
  }

  private grantSourceSecrets(target: ServiceFunction): ServiceFunction {
    target.lambda.addEnvironment('SECRETS_PREFIX', parameterName(this.stage, 'sources'));
    return target.allow(['ssm:GetParameter'], [this.secretArn('sources', '*')]);
  }

  /** The secret that persons are recognised by. */
  private grantPersonKey(target: ServiceFunction): ServiceFunction {
    target.lambda.addEnvironment('PERSON_KEY_PARAMETER', parameterName(this.stage, 'person-key'));
    return target.allow(['ssm:GetParameter'], [this.secretArn('person-key')]);
  }

  /** The first person makes the secret: only functions that find persons may store it. */
  private createPersonKey(): readonly [readonly string[], readonly string[]] {
    return [['ssm:PutParameter'], [this.secretArn('person-key')]];
  }
}
