import { SSMClient } from '@aws-sdk/client-ssm';
import { ssmParameters, type Parameters } from '../adapters/parameters.ts';

/** The Parameter Store of the account. */
export const liveParameters = (): Parameters => ssmParameters(new SSMClient({}));
