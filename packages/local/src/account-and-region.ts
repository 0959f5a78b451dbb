/** Where the local cloud says it is: templates see these as pseudo parameters and inside every ARN. */
export const accountId = '000000000000';
export const region = 'eu-central-1';

export const arnOf = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** The resource's own name: what follows the last colon of an ARN. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** Credentials that every local process and test client signs with. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
