import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  type Arguments,
  type KafkaArguments,
  PASSWORD_VARIABLE,
  readArguments,
  USAGE,
  UsageError,
} from './arguments';
import type { KafkaOptions } from './kafka/options';
import type { RequestLogEntry, Served } from './serve';
import { startEmulator } from './server';

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (args.help) {
    process.stdout.write(USAGE);
    return;
  }
  const started = start(args);
  const stop = (): void => {
    // A failed start is reported below.
    void started.then((served) => served.stop()).catch(() => undefined);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const { info } = await started;
  process.stdout.write(`${JSON.stringify(info)}\n`);
}

async function start({ options, kafka, log }: Arguments): Promise<Served> {
  const logged = { ...options, onRequest: log ? logRequest : undefined };
  if (!kafka) return startEmulator(logged);
  const { startGateway } = await import('./gateway');
  return startGateway(await kafkaOptions(kafka), { ...logged, registry: undefined });
}

/** Reads the files that the arguments name. */
async function kafkaOptions({ brokers, tls, caFile, sasl }: KafkaArguments): Promise<KafkaOptions> {
  return {
    ...{ brokers, tls },
    ca: caFile === undefined ? undefined : await readFile(caFile, 'utf8'),
    sasl: sasl && { ...sasl, password: await password(sasl.passwordFile) },
  };
}

async function password(file: string | undefined): Promise<string> {
  const given =
    file === undefined
      ? process.env[PASSWORD_VARIABLE]
      : file === '-'
        ? await text(process.stdin)
        : await readFile(file, 'utf8');
  if (given !== undefined) return given.replace(/\r?\n$/, '');
  throw new UsageError(`set ${PASSWORD_VARIABLE}, or use --kafka-password-file`);
}

function logRequest({ server, method, path, status, milliseconds }: RequestLogEntry): void {
  process.stderr.write(`${server} ${method} ${path} ${status} ${milliseconds} ms\n`);
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${messageOf(error)}\n${isUsage ? 'See --help.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 1;
});

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? 'The port is taken: choose another one with --port.' : error.message;
}
