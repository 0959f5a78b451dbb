/** A token bucket: `burst` requests at once, refilled at `rate` a second. */
export type Throttle = { readonly admits: (nowMillis: number) => boolean };

export type ThrottleSettings = { readonly ThrottlingBurstLimit?: number | undefined; readonly ThrottlingRateLimit?: number | undefined };

/** Limits of an account in which nothing is set. */
const [accountBurst, accountRate] = [5000, 10_000];

export function createThrottle({
  ThrottlingBurstLimit: burst = accountBurst,
  ThrottlingRateLimit: rate = accountRate,
}: ThrottleSettings): Throttle {
  let tokens = burst;
  let filledAt: number | undefined;
  return {
    admits: (nowMillis) => {
      tokens = Math.min(burst, tokens + ((nowMillis - (filledAt ?? nowMillis)) / 1000) * rate);
      filledAt = nowMillis;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
