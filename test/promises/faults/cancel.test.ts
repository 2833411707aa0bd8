import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { type Certificates, makeCertificates } from '../../support/faults/certificates';
import type { Fault, Target } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import { type On, rules } from '../../support/faults/plans';
import { Cell, TIMEOUTS } from './cell';
import { operations } from './operations';
import type { Operation } from './operations/operation';
import { CancellationError } from './vscode';

/** How long an answer to *Cancel* may take, in milliseconds. */
const BOUND = 100;
/** A machine that is busy with other things is late once; what does not listen is so each time. */
const TRIES = 3;
/** How long bulk produce may take to write down what it has not sent, in milliseconds. */
const KEEPING = 300;

/** Where an operation is when it is cancelled: held there by a fault. */
interface Moment {
  readonly name: string;
  readonly fault: Fault;
  /** Missing: the requests that the operation names. */
  readonly on?: On;
  /** The how many-th of them; default 1. */
  readonly from?: number;
  /** So long after the fault struck, in milliseconds. */
  readonly after?: number;
}

const connectionTo =
  (wanted: Target['server']): On =>
  ({ server, kind }) =>
    server === wanted && kind === 'connection';

const heldBody: Fault = {
  name: 'a body that is not read for a while',
  act: async (exchange) => {
    exchange.request.pause();
    // Whoever does not read does not see either that the client has gone.
    await exchange.pause(400);
    exchange.request.resume();
  },
};

/** Takes seconds to reach the size at which a response is refused, so that there is a middle. */
const slowFlood: Fault = {
  name: 'a huge response that takes its time',
  act: async (exchange) => {
    await exchange.forward();
    exchange.response.writeHead(200, { 'content-type': 'application/json' });
    while (!exchange.gone.aborted) {
      exchange.response.write(Buffer.alloc(64 * 1024, ' '));
      await exchange.pause(5);
    }
  },
};

const moments: readonly Moment[] = [
  { name: 'while it connects to Entra ID', fault: faults.halfOpen, on: connectionTo('service') },
  { name: 'while Entra ID is discovered', fault: faults.hangBefore, on: 'discovery' },
  { name: 'while it waits for a token', fault: faults.hangBefore, on: 'token' },
  { name: 'while it reads a token', fault: faults.hangInResponse, on: 'token', after: 40 },
  {
    name: 'before the token is asked for again',
    fault: faults.retryAfter(429, 15),
    on: 'token',
    after: 40,
  },
  { name: 'while it connects', fault: faults.halfOpen, on: connectionTo('proxy') },
  { name: 'when a request begins', fault: faults.hangBefore },
  { name: 'in the middle of the body', fault: heldBody },
  { name: 'while it waits for an answer', fault: faults.hangAfter, after: 40 },
  { name: 'in the middle of a response', fault: faults.hangInResponse, after: 40 },
  { name: 'while an answer drips', fault: faults.drip('drip', Infinity, 10), after: 40 },
  { name: 'while a huge response arrives', fault: slowFlood, after: 40 },
  { name: 'in the wait before a repetition', fault: faults.retryAfter(429, 15), after: 40 },
  { name: 'at the second request', fault: faults.hangBefore, from: 2 },
];

describe('cancelling', () => {
  let emulator: Emulator;
  let certificates: Certificates;
  let count = 0;

  before(async () => {
    emulator = await startEmulator({ samples: false });
    certificates = makeCertificates();
    await import('@azure/msal-node');
  });
  after(() => emulator.stop());

  for (const moment of moments) {
    for (const operation of operations.filter((each) => has(each, moment))) {
      it(`${operation.name}, ${moment.name}`, async () => {
        const times: number[] = [];
        while (times.length < TRIES && !times.some((ms) => ms <= BOUND)) {
          times.push(await cancelled(operation, moment));
        }
        assert.ok(Math.min(...times) <= BOUND, `answered after ${times.join(', ')} ms`);
      });
    }
  }

  /** Cancels an operation at a moment, and returns how long it took to answer, in milliseconds. */
  async function cancelled(operation: Operation, moment: Moment): Promise<number> {
    const { fault, on = operation.strikes, from = 1, after = 0 } = moment;
    const plan = rules({ fault, on, from });
    const topic = `cancel-${count++}`;
    const cell = await Cell.open({ emulator, certificates }, { topic, plan, hangs: false });
    try {
      const running = operation.run(cell);
      await cell.between.until(() => cell.between.seen.some((seen) => seen.fault === fault.name));
      if (after > 0) await delay(after);
      const start = performance.now();
      cell.cancel(new CancellationError());
      const { outcome, message, verify } = await running;
      const ms = performance.now() - start;
      cell.between.plan = () => undefined;
      if (outcome === 'unclear') assert.match(message, /\w/);
      else assert.equal(outcome, 'cancelled');
      await verify();
      // What is on its way may come to its end first, and what was not sent is written down.
      return operation.name === 'bulk produce' ? ms - TIMEOUTS.grace - KEEPING : ms;
    } finally {
      await cell.close();
    }
  }
});

function has({ name, from }: Operation, moment: Moment): boolean {
  // A request without a body has no middle of it; one that is asked once has no second.
  if (moment.fault === heldBody) return ['create', 'produce', 'bulk produce'].includes(name);
  return moment.from === undefined || from > 1 || name === 'describe';
}
