import assert from 'node:assert/strict';
import { startGateway, type Served } from '../../../../src/emulator/gateway';
import { useKafka } from '../../../support/kafka/useKafka';
import { startEmulatorSide } from './emulatorSide';
import { gatewaySide } from './gatewaySide';
import { programmeOf } from './generate';
import { prepareKafka } from './prepared';
import { type Difference, runProgramme, type Sides } from './run';
import { report, shrink } from './shrink';
import type { Side } from './side';

/** How many programmes run, and how many of them at the same time. */
const PROGRAMMES = Number(process.env['PROGRAMMES'] ?? 300);
const AT_ONCE = 12;
/** The first seed. Another one makes other programmes. */
const FIRST_SEED = Number(process.env['FIRST_SEED'] ?? 1);

describe('the emulator and a real Kafka', () => {
  // Old timestamps are no reason to drop records while programmes run.
  const kafka = useKafka({ properties: { 'log.initial.task.delay.ms': '3600000' } });
  const started: Side[] = [];
  let gateway: Served;
  let sides: Sides;

  before(async function () {
    this.timeout(60_000);
    const client = await prepareKafka(kafka(), AT_ONCE);
    const { bootstrap, logs } = kafka();
    gateway = await startGateway({ brokers: [bootstrap] }, { auth: 'none', tls: false });
    const emulator = await startEmulatorSide();
    started.push(emulator);
    const real = gatewaySide(gateway.info.endpoint, client, logs);
    started.push(real);
    sides = [emulator, real];
  });

  after(async () => {
    for (const side of started) await side.stop();
    await gateway.stop();
  });

  it(`respond alike to ${PROGRAMMES} programmes`, async function () {
    this.timeout(240_000);
    const differences = new Map<number, Difference>();
    const seeds = Array.from({ length: PROGRAMMES }, (_, n) => FIRST_SEED + n).values();
    const runSome = async (): Promise<void> => {
      for (const seed of seeds) {
        const difference = await runProgramme(programmeOf(seed), sides);
        if (difference) differences.set(seed, difference);
        if (differences.size > 0) return;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, runSome));
    const [first] = differences;
    if (!first) return;
    const [seed, difference] = first;
    const found = await shrink({ programme: programmeOf(seed), difference }, sides);
    assert.fail(`the emulator differs from Kafka.\n${report(found, sides)}`);
  });
});
