import type { Fault, Plan, RequestKind, Target } from './fault';

/** Which targets a rule is for: by kind, by what they do to the cluster, or by whatever test. */
export type On = RequestKind | 'read' | 'write' | ((target: Target) => boolean);

export interface Rule {
  readonly fault: Fault;
  /** Default: everything that goes to the REST proxy. */
  readonly on?: On;
  /** The first of the fitting targets that it strikes, counted from 1; default 1. */
  readonly from?: number;
  /** How many it strikes; default: all. */
  readonly times?: number;
}

/** A plan of rules, each of which counts for itself; of those that strike, the first one does. */
export function rules(...given: readonly Rule[]): Plan {
  const counted = given.map((rule) => ({ ...rule, seen: 0 }));
  return (target) => {
    const striking = counted.filter((rule) => {
      if (!fits(rule, target)) return false;
      const { from = 1, times = Infinity } = rule;
      rule.seen++;
      return rule.seen >= from && rule.seen < from + times;
    });
    return striking[0]?.fault;
  };
}

export interface Chaos {
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** The share of targets that a fault strikes, from 0 to 1. */
  readonly share: number;
  readonly on?: On;
}

/**
 * Faults at random, the same ones at each run with the same seed and the same requests in the same
 * order.
 */
export function chaos({ seed, faults, share, on }: Chaos): Plan {
  const random = randomFrom(seed);
  return (target) => {
    const fitting = faults.filter((fault) => fits({ fault, ...(on && { on }) }, target));
    // Drawn in any case, so that a draw does not depend on the kinds of what came before.
    const [strikes, which] = [random() < share, random()];
    return strikes ? fitting[Math.floor(which * fitting.length)] : undefined;
  };
}

/** Numbers from 0 to 1, excluded, that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function fits({ fault, on }: Pick<Rule, 'fault' | 'on'>, target: Target): boolean {
  if ('address' in fault || 'connect' in fault !== (target.kind === 'connection')) return false;
  if (on === undefined) return target.server === 'proxy';
  if (typeof on === 'function') return on(target);
  if (target.kind === 'connection') {
    // What the request will be is not known yet; its server is.
    return target.server === (on === 'token' || on === 'discovery' ? 'entra' : 'proxy');
  }
  if (on === 'read') return target.kind === 'metadata' || target.kind === 'consume';
  if (on === 'write') return target.kind === 'create' || target.kind === 'produce';
  return target.kind === on;
}
