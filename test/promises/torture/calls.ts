import path from 'node:path';
import { root } from '../../support/host/processes';

/** What the product asks of something that may fail. */
export type Kind =
  'file' | 'virtual file' | 'HTTP' | 'timer' | 'secret' | 'state' | 'worker' | 'program';

/** One call that the product made. */
export interface Call {
  readonly kind: Kind;
  /** The function. */
  readonly name: string;
  /** The file of `src` and the function that called it. */
  readonly site: string;
  /** How it may fail. */
  readonly hows: readonly string[];
}

/** The n-th call of a kind, counted from 1, and how it fails. */
export interface Strike {
  readonly kind: Kind;
  readonly n: number;
  readonly how: string;
}

/** The calls that an operation makes, one of which may be to fail. */
export class Calls {
  readonly made: Call[] = [];
  /** The call that failed. */
  struck: Call | undefined;

  constructor(private readonly strike?: Strike) {}

  /**
   * Returns how the call is to fail; `undefined` if it is not. Which call comes first may differ from
   * run to run, so that one that cannot fail in the way that was asked for fails in its first one.
   */
  meet(call: Call): string | undefined {
    this.made.push(call);
    const { kind, n, how } = this.strike ?? {};
    if (call.kind !== kind || this.made.filter((each) => each.kind === kind).length !== n) {
      return undefined;
    }
    const fails = call.hows.find((each) => each === how) ?? call.hows[0];
    if (fails !== undefined) this.struck = call;
    return fails;
  }
}

let current: Calls | undefined;

/** Counts calls from now on, until the function that is returned is called. */
export function watch(calls: Calls): () => void {
  current = calls;
  return () => {
    current = undefined;
  };
}

/**
 * Counts a call, if calls are counted and `site` is of the product, and returns how it is to fail,
 * by its name in `hows`.
 */
export function meet<How extends string>(
  kind: Kind,
  name: string,
  hows: readonly How[],
  site = productSite(),
): How | undefined {
  if (!current || site === undefined) return undefined;
  const how = current.meet({ kind, name, site, hows });
  return hows.find((each) => each === how);
}

/**
 * Returns which function of the product calls what runs now; `undefined` if the product does not, or
 * if nothing is counted.
 */
export function productSite(): string | undefined {
  if (!current) return undefined;
  const { stackTraceLimit } = Error;
  const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace');
  // Names alone: a stack as a text, with its places in the source, takes a hundred times as long.
  Error.stackTraceLimit = 40;
  Error.prepareStackTrace = (_, sites) => sites;
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, productSite);
  const sites = holder.stack as readonly NodeJS.CallSite[];
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  for (const site of sites) {
    const name = (site.getFileName() ?? '').replace(/^file:\/\/|\?.*$/g, '');
    const file = path.relative(root, name).replaceAll('\\', '/');
    // Loads what is asked for, and keeps it in files of its own.
    if (file.startsWith('node_modules/tsx/')) return undefined;
    if (!/^(src|test)\//.test(file) || /\/torture\/(calls|seams)/.test(file)) continue;
    if (!file.startsWith('src/') || file.startsWith('src/emulator/')) return undefined;
    return `${file.slice('src/'.length)} ${site.getFunctionName() ?? ''}`.trim();
  }
  return undefined;
}
