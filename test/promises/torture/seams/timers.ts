import timers from 'node:timers/promises';
import { meet, productSite } from '../calls';
import { type AnyFunction, replaceAll } from './replace';

/**
 * `early`: the time is over at once, as after a computer slept. `never`: it is never over, which must
 * not matter to what is guarded by it and goes well, and which must not be left behind.
 */
const guards = ['early', 'never'] as const;
/** A wait that never ends is no failure of a timer: nothing in Node makes one. */
const waits = ['early'] as const;

/** The longest time that Node knows, in milliseconds. */
const NEVER = 2 ** 31 - 1;

/** The product waits no longer for what comes later, in milliseconds, so that runs are short. */
const LONGEST_WAIT = 30;

/** Lets timers fail; returns what ends that. */
export function seamOfTimers(): () => void {
  const undo = [
    replaceAll(globalThis, {
      setTimeout: timing('setTimeout'),
      setInterval: timing('setInterval'),
    }),
    replaceAll(timers, { setTimeout: waiting }),
    replaceAll(AbortSignal, { timeout: limiting }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

const timing =
  (name: string) =>
  (real: AnyFunction): AnyFunction =>
    function (...given) {
      const [callback, ms, ...more] = given;
      const hows: ('early' | 'never')[] = [...guards];
      const how = meet('timer', name, hows);
      if (how === 'never') return real.call(this, callback, NEVER, ...more);
      // An interval that begins at once goes on as it should.
      if (how === 'early' && typeof callback === 'function') {
        if (name === 'setInterval') queueMicrotask(callback as () => void);
        else return real.call(this, callback, 0, ...more);
      }
      if (typeof callback !== 'function') return real.apply(this, given);
      const fires: AnyFunction = (...args) => {
        // It guards nothing: it is waited for.
        hows.splice(waits.length);
        return (callback as AnyFunction)(...args);
      };
      return real.call(this, fires, ms, ...more);
    };

function waiting(real: AnyFunction): AnyFunction {
  return function (...given) {
    const [ms, ...more] = given;
    const site = productSite();
    const how = meet('timer', 'timers/promises setTimeout', waits, site);
    if (site === undefined) return real.apply(this, given);
    return real.call(this, how ? 0 : Math.min(Number(ms), LONGEST_WAIT), ...more);
  };
}

function limiting(real: AnyFunction): AnyFunction {
  return function (...given) {
    const how = meet('timer', 'AbortSignal.timeout', waits, productSite());
    return how ? real.call(this, 0) : real.apply(this, given);
  };
}
