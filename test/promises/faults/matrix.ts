import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server';
import { type FaultyServer, startFaultyServer } from '../../support/faultyServer';
import { makeCertificates } from '../../support/faults/certificates';
import { identityRouter } from '../../support/faults/identityRouter';
import { rules } from '../../support/faults/plans';
import { Cell, TIMEOUTS, type World } from './cell';
import { Leftovers } from './leftovers';
import type { Operation } from './operations/operation';
import type { PersonFacts } from './person';
import { type Line, print } from './report';
import { expected, type Outcome, type Row } from './rows';

/** A kind of REST proxy, and what is expected of the client before it. */
export interface MatrixFace {
  readonly name: string;
  readonly emulator: EmulatorOptions;
  /** Missing: it is no person who signs in. */
  readonly person?: PersonFacts;
  readonly operations: readonly Operation[];
  /** `elsewhere` is the origin that redirects lead to. */
  readonly rows: (elsewhere: string) => readonly Row[];
}

/** So many cells run side by side: most of them wait for most of their time. */
const SIDE_BY_SIDE = 10;

/** Needs to be escaped wherever it may go. */
export const CANARY = 'c4n4ry~S3cret+/=&%"\\ü.';

/**
 * The longest that a cell may take until there is an answer: two requests one after the other that
 * time out each, what bulk waits for, and what a machine takes on which all cells run at once. A
 * machine that is busy with other things takes as much longer as it does without a fault.
 */
const BOUND = 2 * TIMEOUTS.request.short + TIMEOUTS.patience + 4000;
const SLOWER = 2;
/** When a cell is given up. */
const HANGS = BOUND + 15_000;

interface Result {
  readonly line: Line;
  readonly expected: Outcome;
  readonly says: RegExp | undefined;
  /** What did not hold. */
  readonly problem: Error | undefined;
  readonly traces: string;
  readonly tokens: ReadonlySet<string>;
}

interface Planned {
  readonly name: string;
  readonly face: MatrixFace;
  /** Of its row among those of its face. */
  readonly index: number;
  readonly operation: Operation;
}

/** Declares the tests of all operations of some proxies under all faults, and prints the outcome. */
export function describeMatrix(title: string, faces: readonly MatrixFace[], file: string): void {
  describe(title, () => {
    const emulators = new Map<MatrixFace, Emulator>();
    let elsewhere: FaultyServer;
    let leftovers: Leftovers;
    let closed: Promise<unknown> | undefined;
    const results = new Map<string, Result>();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    const cells = faces.flatMap(cellsOf);

    before(async () => {
      process.on('unhandledRejection', note);
      // What is loaded on demand is loaded before time counts.
      await import('@azure/msal-node');
      await identityRouter();
      leftovers = new Leftovers();
      for (const face of faces) {
        const secrets = { clientSecret: CANARY, password: CANARY, keyPassphrase: CANARY };
        emulators.set(face, await startEmulator({ samples: false, ...secrets, ...face.emulator }));
      }
      elsewhere = await startFaultyServer();
      const certificates = makeCertificates();
      const real = new Map(faces.map((face) => [face, face.rows(elsewhere.origin)]));
      const waiting = [...cells.entries()];
      const run = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [number, { name, face, index, operation }] = next;
          const row = real.get(face)?.[index];
          const emulator = emulators.get(face);
          assert.ok(row && emulator);
          const world = { emulator, certificates };
          results.set(name, await runCell(world, `cell-${number}`, { face, row, operation }));
        }
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, run));
    });

    const close = (): Promise<unknown> =>
      (closed ??= Promise.all([
        elsewhere.close(),
        ...[...emulators.values()].map((emulator) => emulator.stop()),
      ]));

    after(async () => {
      await close();
      leftovers.end();
      process.off('unhandledRejection', note);
      print(
        file,
        cells.flatMap(({ name }) => results.get(name)?.line ?? []),
      );
    });

    for (const { name, face, operation } of cells) {
      it(name, () => {
        const result = results.get(name);
        assert.ok(result);
        if (result.problem) throw result.problem;
        const { outcome, message, ms } = result.line;
        assert.equal(outcome, result.expected, message);
        const calm = results.get(nameOf(face, operation, 'none'))?.line.ms ?? 0;
        assert.ok(ms < BOUND + SLOWER * calm, `${ms} ms, ${calm} ms without a fault`);
        if (outcome !== 'ok') assertMessage(message);
        if (result.says) assert.match(message, result.says);
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
      const withTokens = cells.filter(({ face }) => face.emulator.auth === undefined);
      assert.ok(tokens.length >= withTokens.length / 2, `${tokens.length} tokens`);
      const forms = [CANARY, encodeURIComponent(CANARY), JSON.stringify(CANARY).slice(1, -1)];
      const base64 = Buffer.from(CANARY).toString('base64').replace(/=+$/, '');
      const secrets = [...forms, base64, ...tokens];
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
}

/** The tests are generated before the servers run, so their rows lead nowhere yet. */
function cellsOf(face: MatrixFace): readonly Planned[] {
  return face.rows('http://127.0.0.1:0').flatMap((row, index) =>
    face.operations
      .filter(({ name }) => !row.only || row.only.includes(name))
      .map((operation) => ({
        name: nameOf(face, operation, row.name),
        face,
        index,
        operation,
      })),
  );
}

function nameOf(face: MatrixFace, operation: Operation, row: string): string {
  return `${face.name}: ${operation.name}, ${row}`;
}

async function runCell(
  world: World,
  topic: string,
  { face, row, operation }: { face: MatrixFace; row: Row; operation: Operation },
): Promise<Result> {
  const { on = operation.strikes, times } = row;
  const fault = row.fault();
  // What strikes connections, or where the row says, does so from the first one on.
  const from = fault && 'act' in fault && !row.on ? operation.from : 1;
  const rule = fault && { fault, on, from, ...(times !== undefined && { times }) };
  const plan = rule ? rules(rule) : () => undefined;
  const hangs = row.hangs ?? row.reads === 'timeout';
  const { person } = face;
  const cell = await Cell.open(world, { topic, plan, hangs, person, ...(fault && { fault }) });
  const wanted = expected(row, operation.name);
  const told = { outcome: '', ms: 0, message: '' };
  const start = performance.now();
  let problem: Error | undefined;
  try {
    const { verify, ...said } = await within(operation.run(cell), HANGS);
    Object.assign(told, said, { ms: Math.round(performance.now() - start) });
    // Instances are removed in the background, and when the connection is closed.
    if (row.on !== 'remove') cell.between.plan = () => undefined;
    if (!fault || !('address' in fault)) await within(Promise.resolve(verify()), HANGS);
  } catch (error) {
    problem = toError(error);
  }
  const traces = `${await cell.traces()}\n${told.message}`;
  try {
    await within(cell.close(), HANGS);
    const reached = cell.between.seen.some((seen) => seen.fault === fault?.name);
    assert.ok(!fault || 'address' in fault || reached, 'the fault did not strike');
  } catch (error) {
    problem ??= toError(error);
  }
  const line = { face: face.name, operation: operation.name, fault: row.name, ...told };
  return { line, expected: wanted, says: row.says, problem, traces, tokens: cell.between.tokens };
}

/** Returns what comes of work; rejects if it takes longer. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
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

const USUALLY = /^(Could not [^:]+: .+\. [A-Z].+\.|Produced \d.+\. .+\.)$/;

/** Sentences that tell a person what is wrong and what to do. */
export function assertMessage(message: string, says = USUALLY): void {
  assert.match(message, says);
  assert.doesNotMatch(message, /undefined|\[object|\{\d\}|\(\)|\.\.|: \.|NaN/);
}
