import type { App } from 'aws-cdk-lib';
import { intakeApi, leadsApi, submissionReleased, submissionStored } from '@meilenstein/contracts';
import { privateBucket } from '../constructs/private-bucket.ts';
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

    const reader = this.hears([submissionStored, submissionReleased], {
      handler: 'on-submission-stored',
      impact: 'Submissions are kept but do not become leads; customers wait for an answer.',
    });
    this.knowsPeople(this.readsSecrets(reader));
    this.hearsOfTheCompany('Leads are given to reps who left, or not to those who joined.');
    const job = uploadSubscription(this, 'import-leads', {
      stage,
      service: 'leads',
      handler: 'import-leads',
      bucket: imports,
      table: this.table,
      impact: 'An uploaded file of leads is not imported.',
    });
    this.knowsPeople(job.consumer);
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
