import { Duration } from 'aws-cdk-lib';
import { HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { named, type Stage } from '../stages.ts';

/** What a browser may not be asked for by the page, nor by anything that got into it. */
const refusedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
] as const;

/** Own files only, no inline script or style, nothing framed, and connections to the API, the sign-in and the upload buckets. */
const contentSecurityPolicy = (connectTo: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** @param connectTo origins beside the page's own that it may send requests to */
export const pageHeaders = (scope: Construct, stage: Stage, connectTo: readonly string[]): ResponseHeadersPolicy => {
  const custom = (header: string, value: string) => ({ header, value, override: true });
  return new ResponseHeadersPolicy(scope, 'PageHeaders', {
    responseHeadersPolicyName: named(stage, 'page'),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(connectTo), override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        custom('Cross-Origin-Opener-Policy', 'same-origin'),
        custom('Permissions-Policy', refusedFeatures.map((feature) => `${feature}=()`).join(', ')),
      ],
    },
  });
};
