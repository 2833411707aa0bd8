import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mock } from 'node:test';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server';
import { type Certificates, makeCertificates } from '../../support/faults/certificates';
import * as faults from '../../support/faults/faults';
import { rules } from '../../support/faults/plans';
import { until } from '../../support/until';
import { Cell } from './cell';
import { list } from './operations/metadata';
import type { PersonFacts } from './person';
import { CancellationError } from './vscode';

/** A way to sign in that gets a token somewhere. */
interface Way {
  readonly name: string;
  readonly emulator: EmulatorOptions;
  readonly person?: PersonFacts;
  /** The person to whom nobody responds. */
  readonly waiting?: PersonFacts;
}

const ways: readonly Way[] = [
  { name: 'clientSecret', emulator: {} },
  { name: 'clientCertificate', emulator: { auth: 'certificate' } },
  { name: 'federatedAssertion', emulator: { auth: 'assertion' } },
  { name: 'managedIdentity', emulator: { auth: 'identity' } },
  {
    name: 'account',
    emulator: {},
    person: { by: 'account' },
    waiting: { by: 'account', hangs: true },
  },
  {
    name: 'azureCli',
    emulator: {},
    person: { by: 'azureCli' },
    waiting: { by: 'azureCli', cli: { hangs: true } },
  },
  { name: 'oauth', emulator: { auth: 'oauth' } },
];

/** How long the answer to *Cancel* may take, in milliseconds, at the best of some tries. */
const BOUND = 100;
const TRIES = 3;
/** Less than the life of the emulator's tokens, by less than what they are renewed early. */
const NEARLY_AN_HOUR = 3_500_000;

for (const way of ways) {
  describe(`the sign-in by ${way.name}`, () => {
    let emulator: Emulator;
    let certificates: Certificates;
    let count = 0;

    before(async () => {
      emulator = await startEmulator({ samples: false, ...way.emulator });
      certificates = makeCertificates();
    });

    after(async () => {
      mock.timers.reset();
      await emulator.stop();
    });

    const open = (person = way.person): Promise<Cell> => {
      const topic = `${way.name}-${count++}`;
      const plan = () => undefined;
      return Cell.open({ emulator, certificates }, { topic, plan, hangs: false, person });
    };

    const askedBy = ({ person, between: { seen } }: Cell): number =>
      person?.asked() ?? seen.filter(({ target: { kind } }) => kind === 'token').length;

    it('gets one token for all that need it, and the next before that ends', async () => {
      const cell = await open();
      try {
        await Promise.all(Array.from({ length: 5 }, () => cell.proxy.topics()));
        assert.equal(askedBy(cell), 1);
        mock.timers.enable({ apis: ['Date'], now: Date.now() + NEARLY_AN_HOUR });
        await Promise.all(Array.from({ length: 5 }, () => cell.proxy.topics()));
        assert.equal(askedBy(cell), 2);
        assert.ok(!cell.log.some((line) => line.includes('401')), cell.log.join('\n'));
      } finally {
        mock.timers.reset();
        await cell.close();
      }
    });

    it('ends at once when it is cancelled, and leaves nothing', async () => {
      const times: number[] = [];
      while (times.length < TRIES && !times.some((ms) => ms <= BOUND)) {
        times.push(await cancelled());
      }
      assert.ok(Math.min(...times) <= BOUND, `answered after ${times.join(', ')} ms`);
    });

    async function cancelled(): Promise<number> {
      const cell = await open(way.waiting);
      if (!way.waiting) cell.between.plan = rules({ fault: faults.hangBefore, on: 'token' });
      try {
        const running = list.run(cell);
        const { person } = cell;
        if (person) await until(() => person.asked() > 0 && hasStarted(person.hanging(), way));
        else await cell.between.until(() => askedBy(cell) > 0);
        const start = performance.now();
        cell.cancel(new CancellationError());
        const { outcome } = await running;
        const ms = performance.now() - start;
        assert.equal(outcome, 'cancelled');
        await until(() => !(person?.hanging() ?? []).some(isRunning));
        return ms;
      } finally {
        await cell.close();
      }
    }
  });
}

/** The program that hangs has started another one. */
function hasStarted(hanging: readonly number[], { person }: Way): boolean {
  return person?.by !== 'azureCli' || hanging.length >= 2;
}

/** One that has ended may stay in the list until its parent, which is not ours, looks after it. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout);
}
