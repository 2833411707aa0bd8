// Replaces the `code` executable where VS Code cannot be downloaded. It accepts the arguments of
// @vscode/test-electron, and runs the tests in a VS Code that is served from npm to a browser.
import { parseArgs } from 'node:util';
import { exitOnSignals } from './processes';
import { startServer } from './server';
import { Window } from './window';

const limitInMinutes = 10;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      engine: { type: 'string' },
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
    },
  });
  const { engine, extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const server = await startServer({
    testDriver: true,
    ...(typeof engine === 'string' ? { version: engine } : {}),
  });
  try {
    const window = await Window.open(server, {
      ...(positionals[0] === undefined ? {} : { folder: positionals[0] }),
      ...(typeof extension === 'string' ? { extension } : {}),
      ...(typeof tests === 'string' ? { tests } : {}),
      // Nobody looks at it, and drawing a large one takes a good part of the time.
      size: { width: 640, height: 480 },
      onLog: (line) => {
        if (process.env['VERBOSE'] !== undefined) console.log(line);
      },
    });
    const timeout = setTimeout(() => {
      console.error(`The tests did not end within ${limitInMinutes} minutes.`);
      process.exit(1);
    }, limitInMinutes * 60_000);
    const code = await window.exitCode;
    clearTimeout(timeout);
    await window.close();
    return code;
  } finally {
    await server.stop();
  }
}

exitOnSignals();
main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
