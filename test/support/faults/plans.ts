import type { Fault, Plan, Target } from './fault';
import { randomFrom } from './random';
import type { RequestKind } from './requestKind';

/** The targets of a rule: by kind, by whether they read or write, or by any test. */
export type On = RequestKind | 'read' | 'write' | ((target: Target) => boolean);

export interface Rule {
  readonly fault: Fault;
  /** Default: everything sent to the REST proxy. */
  readonly on?: On;
  /** The first matching target that the fault strikes, counted from 1; default 1. */
  readonly from?: number;
  /** How many targets it strikes; default: all. */
  readonly times?: number;
}

/** Makes a plan of rules, each of which counts on its own. The first rule that strikes applies. */
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
 * Makes random faults. The same seed and the same requests in the same order give the same faults.
 */
export function chaos({ seed, faults, share, on }: Chaos): Plan {
  const random = randomFrom(seed);
  return (target) => {
    const fitting = faults.filter((fault) => fits({ fault, ...(on && { on }) }, target));
    // Always draws, so that a draw does not depend on the kinds of earlier targets.
    const [strikes, which] = [random() < share, random()];
    return strikes ? fitting[Math.floor(which * fitting.length)] : undefined;
  };
}

function fits({ fault, on }: Pick<Rule, 'fault' | 'on'>, target: Target): boolean {
  if ('address' in fault || 'connect' in fault !== (target.kind === 'connection')) return false;
  if (on === undefined) return target.server === 'proxy';
  if (typeof on === 'function') return on(target);
  if (target.kind === 'connection') {
    // The purpose of the request is not known yet, but its server is.
    return target.server === (on === 'token' || on === 'discovery' ? 'service' : 'proxy');
  }
  if (on === 'read') return target.kind === 'metadata' || target.kind === 'consume';
  if (on === 'write') return target.kind === 'create' || target.kind === 'produce';
  return target.kind === on;
}
