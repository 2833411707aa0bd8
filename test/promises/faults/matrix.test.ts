import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { type FaultyServer, startFaultyServer } from '../../support/faultyServer';
import { makeCertificates } from '../../support/faults/certificates';
import { rules } from '../../support/faults/plans';
import { Cell, TIMEOUTS, type World } from './cell';
import { expectations, expected, type Outcome, type Row } from './expectations';
import { Leftovers } from './leftovers';
import { operations } from './operations';
import type { Operation } from './operations/operation';
import { type Line, print } from './report';

/** So many cells run side by side: most of them wait for most of their time. */
const SIDE_BY_SIDE = 10;

/** Needs to be escaped wherever it may go. */
const CANARY = 'c4n4ry~S3cret+/=&%"\\ü.';

/**
 * The longest that a cell may take until there is an answer: two requests one after the other that
 * time out each, what bulk waits for, and what a machine takes on which all cells run at once.
 */
const BOUND = 2 * TIMEOUTS.request.short + TIMEOUTS.patience + 4000;

interface Result {
  readonly line: Line;
  readonly expected: Outcome;
  /** What did not hold. */
  readonly problem: Error | undefined;
  readonly traces: string;
  readonly tokens: ReadonlySet<string>;
}

describe('operations under faults', () => {
  let emulator: Emulator;
  let elsewhere: FaultyServer;
  let leftovers: Leftovers;
  let closed: Promise<unknown> | undefined;
  const results = new Map<string, Result>();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  // Known before the servers run, for the tests are generated from it.
  const rows = expectations('http://127.0.0.1:0');
  const cells = rows.flatMap((row, index) =>
    operations
      .filter(({ name }) => !row.only || row.only.includes(name))
      .map((operation) => ({ name: `${operation.name}, ${row.name}`, index, operation })),
  );

  before(async () => {
    process.on('unhandledRejection', note);
    // What is loaded on demand is loaded before time counts.
    await import('@azure/msal-node');
    leftovers = new Leftovers();
    emulator = await startEmulator({ samples: false, clientSecret: CANARY });
    elsewhere = await startFaultyServer();
    const world = { emulator, certificates: makeCertificates() };
    const real = expectations(elsewhere.origin);
    const waiting = [...cells.entries()];
    const run = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [number, { name, index, operation }] = next;
        const row = real[index];
        assert.ok(row);
        results.set(name, await runCell(world, `cell-${number}`, row, operation));
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, run));
  });

  const close = (): Promise<unknown> =>
    (closed ??= Promise.all([elsewhere.close(), emulator.stop()]));

  after(async () => {
    await close();
    leftovers.end();
    process.off('unhandledRejection', note);
    print(cells.flatMap(({ name }) => results.get(name)?.line ?? []));
  });

  for (const { name } of cells) {
    it(name, () => {
      const result = results.get(name);
      assert.ok(result);
      if (result.problem) throw result.problem;
      const { outcome, message, ms } = result.line;
      assert.equal(outcome, result.expected, message);
      assert.ok(ms < BOUND, `${ms} ms`);
      if (outcome !== 'ok') assertMessage(message);
    });
  }

  it('lets no rejection go unhandled', () => {
    assert.deepEqual(unhandled, []);
  });

  it('sends nothing to where it is redirected', () => {
    assert.deepEqual(elsewhere.arrivals, []);
  });

  it('shows neither the secret nor a token anywhere', () => {
    const tokens = [...results.values()].flatMap((result) => [...result.tokens]);
    assert.ok(tokens.length > cells.length / 2, `${tokens.length} tokens`);
    const forms = [CANARY, encodeURIComponent(CANARY), JSON.stringify(CANARY).slice(1, -1)];
    const secrets = [...forms, Buffer.from(CANARY).toString('base64'), ...tokens];
    for (const [name, { traces }] of results) {
      assert.ok(traces.length > 0, name);
      assert.equal(
        secrets.find((secret) => traces.includes(secret)),
        undefined,
        name,
      );
    }
  });

  it('leaves no socket, server, timer, open or temporary file, once all is closed', async () => {
    await close();
    assert.deepEqual(await leftovers.found(), []);
  });
});

async function runCell(
  world: World,
  topic: string,
  row: Row,
  operation: Operation,
): Promise<Result> {
  const { on = operation.strikes, times } = row;
  const fault = row.fault();
  // What strikes connections, or where the row says, does so from the first one on.
  const from = fault && 'act' in fault && !row.on ? operation.from : 1;
  const rule = fault && { fault, on, from, ...(times !== undefined && { times }) };
  const plan = rule ? rules(rule) : () => undefined;
  const hangs = row.reads === 'timeout';
  const cell = await Cell.open(world, { topic, plan, hangs, ...(fault && { fault }) });
  const wanted = expected(row, operation.name);
  const line = { operation: operation.name, fault: row.name, outcome: '', ms: 0, message: '' };
  const start = performance.now();
  let problem: Error | undefined;
  try {
    const { verify, ...told } = await within(operation.run(cell), BOUND + 5000);
    Object.assign(line, told, { ms: Math.round(performance.now() - start) });
    const reached = cell.between.seen.some((seen) => seen.fault === fault?.name);
    assert.ok(!fault || 'address' in fault || reached, 'the fault did not strike');
    cell.between.plan = () => undefined;
    if (!fault || !('address' in fault)) await within(Promise.resolve(verify()), BOUND);
  } catch (error) {
    problem = toError(error);
  }
  const traces = `${await cell.traces()}\n${line.message}`;
  try {
    await within(cell.close(), BOUND);
  } catch (error) {
    problem ??= toError(error);
  }
  return { line, expected: wanted, problem, traces, tokens: cell.between.tokens };
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, ms);
  try {
    const hang = once(late.signal, 'abort').then(() => {
      throw new Error(`nothing within ${ms} ms`);
    });
    return await Promise.race([work, hang]);
  } finally {
    clearTimeout(timer);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Sentences that tell a person what is wrong and what to do. */
function assertMessage(message: string): void {
  assert.match(message, /^(Could not [^:]+: .+\. [A-Z].+\.|Produced \d.+\. .+\.)$/);
  assert.doesNotMatch(message, /undefined|\[object|\{\d\}|\(\)|\.\.|: \.|NaN/);
}
