// `npm start` packs the extension and serves it in a real VS Code, with the emulator as its
// cluster.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startAttachedEmulator } from './support/host/emulator';
import { currentVersion, installVSCode } from './support/host/install';
import { checkNode, exitOnSignals, npm, root, vsix } from './support/host/processes';
import { startServer } from './support/host/server';

const usage = `Usage: npm start -- [--port N] [--no-open]

  --port N    serve VS Code on this port of 127.0.0.1 (default: a free one)
  --no-open   do not open the browser`;

/** Prints progress to standard error, because standard output contains only the address. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readArguments(): { port: number; open: boolean } {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean' } },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) throw new Error('--port must be 0 to 65535.');
  return { port, open: values['no-open'] !== true };
}

async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('listening', resolve).once('error', reject).listen(port, '127.0.0.1');
  }).catch(() => {
    throw new Error(`Port ${port} of 127.0.0.1 is taken: choose another one with --port.`);
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function serve({ port, open }: { port: number; open: boolean }): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-start-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });
  say('Building the extension ...');
  const packed = npm(['run', 'package']);
  await Promise.all([packed, installVSCode(currentVersion, say)]);

  say('Starting the emulator and VS Code ...');
  const emulator = await startAttachedEmulator(scratch, ['--samples']);
  const folder = path.join(scratch, 'try-kafka-rest');
  cpSync(path.join(root, 'test/support/sample'), folder, { recursive: true });
  const server = await startServer({
    vsix,
    port,
    env: emulator.env,
    settings: { 'workbench.startupEditor': 'readme' },
  });

  const address = server.addressOf(folder);
  console.log(`Open ${address} to try Kafka REST Explorer. Press Ctrl+C to stop it.`);
  if (open) openBrowser(address);
  await Promise.race([server.ended, emulator.ended]);
  throw new Error(`The server or the emulator ended early.\n${server.output().slice(-500)}`);
}

function openBrowser(address: string): void {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI !== undefined) return;
  const [command, ...args] =
    process.platform === 'win32'
      ? ['explorer', address]
      : process.platform === 'darwin'
        ? ['open', address]
        : (DISPLAY ?? WAYLAND_DISPLAY) === undefined
          ? []
          : ['xdg-open', address];
  if (command === undefined) return;
  spawn(command, args, { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}

async function main(): Promise<void> {
  checkNode();
  let options;
  try {
    options = readArguments();
  } catch (error) {
    say(`${error instanceof Error ? error.message : ''}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  await checkPort(options.port);
  await serve(options);
}

// The processes that were started end with this one, and the temporary folders are removed.
exitOnSignals(0);
main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
