import { readArguments, USAGE, UsageError } from './arguments';
import { startEmulator, type RequestLogEntry } from './server';

async function main(): Promise<void> {
  const { options, log } = readArguments(process.argv.slice(2));
  const started = startEmulator({ ...options, onRequest: log ? logRequest : undefined });
  const stop = (): void => {
    // A failed start is reported below.
    void started.then((emulator) => emulator.stop()).catch(() => undefined);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const { info } = await started;
  process.stdout.write(`${JSON.stringify(info)}\n`);
}

function logRequest({ server, method, path, status, milliseconds }: RequestLogEntry): void {
  process.stderr.write(`${server} ${method} ${path} ${status} ${milliseconds} ms\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof UsageError;
  process.stderr.write(isUsage ? `${message}\n\n${USAGE}` : `${message}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
