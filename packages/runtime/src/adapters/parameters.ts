import { GetParameterCommand, ParameterAlreadyExists, ParameterNotFound, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { epochMillis, type Clock } from '@meilenstein/kernel';

/** Secrets by name. */
export type Parameters = {
  readonly get: (name: string) => Promise<string | undefined>;
  readonly put: (name: string, value: string) => Promise<void>;
  /** false where the name has a value already; nothing is overwritten */
  readonly putNew: (name: string, value: string) => Promise<boolean>;
};

/** Secrets for somebody who may not change any. */
export const onlyReads = ({ get }: Pick<Parameters, 'get'>): Parameters => {
  const refuse = async (name: string): Promise<never> => {
    throw new Error(`${name}: this function only reads secrets`);
  };
  return { get, put: refuse, putNew: refuse };
};

/** Secrets in the Parameter Store, encrypted. */
export const ssmParameters = (client: SSMClient): Parameters => ({
  get: async (name) => {
    try {
      return (await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  },
  put: async (name, value) => {
    await client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: true }));
  },
  putNew: async (name, value) => {
    try {
      await client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: false }));
      return true;
    } catch (error) {
      if (error instanceof ParameterAlreadyExists) return false;
      throw error;
    }
  },
});

/** Remembers values that exist for `millis`, so that a busy function rarely asks. A missing value is asked for each time. */
export const cachedParameters = (parameters: Parameters, clock: Clock, millis: number): Parameters => {
  const known = new Map<string, { readonly value: string; readonly until: number }>();
  return {
    get: async (name) => {
      const now = epochMillis(clock.now());
      const cached = known.get(name);
      if (cached !== undefined && cached.until > now) return cached.value;
      const value = await parameters.get(name);
      if (value !== undefined) known.set(name, { value, until: now + millis });
      return value;
    },
    put: async (name, value) => {
      known.delete(name);
      await parameters.put(name, value);
    },
    putNew: (name, value) => parameters.putNew(name, value),
  };
};

/** Secrets in memory, for tests. */
export const memoryParameters = (): Parameters => {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name),
    put: async (name, value) => void values.set(name, value),
    putNew: async (name, value) => {
      if (values.has(name)) return false;
      values.set(name, value);
      return true;
    },
  };
};
