import { existsSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installWhole } from '../host/installWhole';
import { type GuardedProcess, killGroup, run, startGuarded } from '../host/processes';
import { type InstalledKafka, installKafka } from './install';
import { type BrokerOptions, brokerProperties, propertiesFile } from './properties';
import { freePorts, respondsAt } from './readiness';

/** How long a broker may take until it responds, in milliseconds. */
const MAX_START_MS = 60_000;

const light = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const script = path.join(__dirname, 'javaProcess.cjs');

/** A real Kafka of one broker on 127.0.0.1, with its data in a temporary folder. */
export interface Kafka {
  /** The address for clients, `host:port`. It stays the same after a restart. */
  readonly bootstrap: string;
  /** The address that uses TLS and SASL, if the options asked for it. */
  readonly secure: string;
  /** The folder of the logs, one folder for each partition, as in `orders-0`. */
  readonly logs: string;
  /** Returns the end of what the broker has printed. */
  readonly output: () => string;
  /** Ends the broker as an operator does. Its data stays. */
  shutDown(): Promise<void>;
  /** Ends the broker at once, as a crash does. Its data stays. */
  kill(): Promise<void>;
  /** Shuts the broker down if it runs, and starts it on the same data. */
  restart(): Promise<void>;
  /** Ends the broker and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a Kafka. It ends when this process does, however that ends.
 *
 * @throws {KafkaMissing} if there is no Java, or nothing that fetches Kafka
 */
export async function startKafka(options: BrokerOptions = {}): Promise<Kafka> {
  const installed = await installKafka();
  const template = await formattedLogs(installed);
  const folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-kafka-'));
  const removeNow = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', removeNow);
  const [broker = 0, controller = 0, secure = 0] = await freePorts(3);
  const logs = path.join(folder, 'logs');
  const file = path.join(folder, 'server.properties');
  await cp(template, logs, { recursive: true });
  await writeFile(
    file,
    propertiesFile(brokerProperties(folder, { broker, controller, secure }, options)),
  );
  const archive = path.join(installed.folder, 'kafka.jsa');
  const shared = existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto'] : [];
  const start = () => runBroker(installed, shared, file, broker);

  let running: GuardedProcess | undefined = await start();
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = running;
    running = undefined;
    if (!ending) return;
    killGroup(ending.child, signal);
    await ending.ended;
    await ending.stop();
  };
  return {
    bootstrap: `127.0.0.1:${broker}`,
    secure: `127.0.0.1:${secure}`,
    logs,
    output: () => running?.output() ?? '',
    shutDown: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      running = await start();
    },
    stop: async () => {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      process.off('exit', removeNow);
    },
  };
}

/**
 * Makes what all starts share, once, so that tests at the same time find it there.
 *
 * @throws {KafkaMissing} as `startKafka` does
 */
export async function prepareStarts(): Promise<void> {
  await formattedLogs(await installKafka());
}

/** Starts a broker and waits until it responds. */
async function runBroker(
  { java, classPath }: InstalledKafka,
  options: readonly string[],
  file: string,
  port: number,
): Promise<GuardedProcess> {
  const program = ['-cp', classPath, 'kafka.Kafka', file];
  const started = startGuarded(process.execPath, [
    ...[script, java, '-Xmx256m', ...light, ...options],
    ...program,
  ]);
  const until = Date.now() + MAX_START_MS;
  while (!(await respondsAt(port))) {
    if (started.child.exitCode !== null || Date.now() > until) {
      await started.stop();
      throw new Error(`Kafka did not start:\n${started.output().slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return started;
}

/**
 * Returns a folder of logs that Kafka's tool has formatted. The first call also lets a broker write
 * the archive of its classes, with which all later ones start in half the time.
 */
async function formattedLogs(installed: InstalledKafka): Promise<string> {
  const folder = path.join(installed.folder, 'formatted');
  if (existsSync(folder)) return folder;
  const [broker = 0, controller = 0, secure = 0] = await freePorts(3);
  await installWhole(folder, async (draft) => {
    const scratch = path.join(draft, 'scratch');
    await mkdir(scratch);
    const file = path.join(scratch, 'server.properties');
    await writeFile(
      file,
      propertiesFile(brokerProperties(scratch, { broker, controller, secure })),
    );
    const tool = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', file];
    await run(installed.java, [...light, '-cp', installed.classPath, ...tool]);
    await cp(path.join(scratch, 'logs'), draft, { recursive: true });
    const archive = path.join(installed.folder, 'kafka.jsa');
    const dump = [`-XX:ArchiveClassesAtExit=${archive}`];
    const once = await runBroker(installed, dump, file, broker);
    killGroup(once.child, 'SIGTERM');
    await once.ended;
    await rm(scratch, { recursive: true });
  });
  return folder;
}
