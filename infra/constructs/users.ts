import { Aws, Duration, type Stack } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  CfnUserPoolGroup,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { roles } from '@meilenstein/contracts';
import { named, type Stage } from '../stages.ts';

export type Users = {
  readonly pool: UserPool;
  /** for programs that sign in with a password of their own */
  readonly programs: UserPoolClient;
  /** where people sign in */
  readonly domain: UserPoolDomain;
};

/** The pool of people, for companies that do not bring an OpenID provider: no self sign-up, a second factor, a group for each role. */
export const userPool = (scope: Stack, stage: Stage): Users => {
  const pool = new UserPool(scope, 'Users', {
    userPoolName: named(stage),
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
    customAttributes: { sources: new StringAttribute({ mutable: true }) },
    deletionProtection: stage.keepData,
    removalPolicy: stage.removal,
  });
  for (const role of roles) new CfnUserPoolGroup(scope, `Role-${role}`, { userPoolId: pool.userPoolId, groupName: role });
  const hour = Duration.hours(1);
  const programs = pool.addClient('Client', {
    authFlows: { userSrp: true },
    // Without this the client would get the implicit flow and a callback to example.com.
    disableOAuth: true,
    idTokenValidity: hour,
    accessTokenValidity: hour,
    preventUserExistenceErrors: true,
  });
  const domain = pool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: named(stage, Aws.ACCOUNT_ID) },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  return { pool, programs, domain };
};

/** The page's client: public, code with PKCE, short access tokens, and refresh tokens of one use. @param origins where the page may be opened */
export const pageClient = (scope: Stack, { pool }: Users, origins: readonly string[]): UserPoolClient => {
  const at = (path: string): string[] => origins.map((origin) => `${origin}/app/${path}`);
  const quarter = Duration.minutes(15);
  const client = pool.addClient('PageClient', {
    generateSecret: false,
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
      callbackUrls: at('signed-in'),
      logoutUrls: at('signed-out'),
    },
    accessTokenValidity: quarter,
    idTokenValidity: quarter,
    refreshTokenValidity: Duration.hours(12),
    // Two requests of one tab may present the same token; after ten seconds it is worth nothing.
    refreshTokenRotationGracePeriod: Duration.seconds(10),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
  new CfnManagedLoginBranding(scope, 'PageSignIn', {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return client;
};
