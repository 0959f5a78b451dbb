import type { Instant, SourceId } from '@meilenstein/kernel';
import type { Parameters } from '@meilenstein/runtime';
import { validSecretNumbers, type RegisteredSource } from '../domain/source.ts';

const maxTries = 20;

/** Signing secrets, one parameter each. The source's state says which are valid now, so a cached value is never wrong. */
export const sourceSecrets = (parameters: Parameters, prefix: () => string) => {
  const nameOf = (source: SourceId, number: number): string => `${prefix()}/${source}/${number}`;
  const captchaName = (source: SourceId): string => `${prefix()}/${source}/captcha`;
  return {
    /** the token for fetching the content of thin notifications */
    accessToken: (source: SourceId): Promise<string | undefined> => parameters.get(`${prefix()}/${source}/access-token`),
    keepAccessToken: (source: SourceId, token: string): Promise<void> => parameters.put(`${prefix()}/${source}/access-token`, token),
    /** the secret key for verifying the captcha of the form */
    captcha: (source: SourceId): Promise<string | undefined> => parameters.get(captchaName(source)),
    keepCaptcha: (source: SourceId, secret: string): Promise<void> => parameters.put(captchaName(source), secret),
    /** the secrets that are valid now */
    valid: (source: RegisteredSource, now: Instant): Promise<readonly string[]> =>
      Promise.all(
        validSecretNumbers(source, now).map(async (number) => {
          const secret = await parameters.get(nameOf(source.sourceId, number));
          if (secret === undefined) throw new Error(`${nameOf(source.sourceId, number)}: the secret is missing`);
          return secret;
        }),
      ),
    /** stores a secret under the next free number; numbers left by an interrupted attempt are skipped */
    keep: async (source: SourceId, after: number, secret: string): Promise<number> => {
      for (let number = after + 1; number <= after + maxTries; number += 1)
        if (await parameters.putNew(nameOf(source, number), secret)) return number;
      throw new Error(`source ${source}: ${maxTries} numbers after ${after} are in use`);
    },
  };
};
export type SourceSecrets = ReturnType<typeof sourceSecrets>;
