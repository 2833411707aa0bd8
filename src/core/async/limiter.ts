/** Runs a task when its turn has come. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs tasks as soon as fewer than the limit are running; first come, first served. */
export function openLimiter(limit: number): Limiter {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
