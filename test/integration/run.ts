// Runs the integration tests in a real VS Code. With VSCODE_DOWNLOAD=1 it is downloaded as usual,
// else it comes from npm and opens in a browser without a screen.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { currentVersion } from '../support/host/install';
import { exitOnSignals, root } from '../support/host/processes';
import { type Kafka, startKafka } from '../support/kafka/broker';
import { KafkaMissing } from '../support/kafka/java';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: currentVersion },
      grep: { type: 'string' },
    },
  });
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-test-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true });
  });
  const workspace = path.join(scratch, 'workspace');
  mkdirSync(workspace);
  const output = path.join(scratch, 'report.txt');
  const kafka = await startedKafka();
  const standIn = process.platform === 'win32' ? 'code.cmd' : 'code.sh';
  const outcome = runTests({
    ...(process.env['VSCODE_DOWNLOAD'] === '1'
      ? { version: values.engine }
      : { vscodeExecutablePath: path.join(root, 'test/support/host', standIn) }),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/test/integration/index.js'),
    extensionTestsEnv: {
      MOCHA_OUTPUT: output,
      ...(kafka && { KAFKA_BOOTSTRAP: kafka.bootstrap }),
      ...(values.grep === undefined ? {} : { MOCHA_GREP: values.grep }),
    },
    launchArgs: [
      workspace,
      `--engine=${values.engine}`,
      `--user-data-dir=${path.join(scratch, 'user')}`,
      `--extensions-dir=${path.join(scratch, 'extensions')}`,
    ],
  });
  await outcome.finally(async () => {
    await kafka?.stop();
    if (existsSync(output)) console.log(readFileSync(output, 'utf8'));
  });
  if (!existsSync(output)) throw new Error('VS Code ended before the tests ran (VERBOSE=1 tells).');
}

/**
 * Starts the Kafka of the tests that need one, which are left out where there cannot be one. In CI,
 * only the runners with Linux must have one.
 */
async function startedKafka(): Promise<Kafka | undefined> {
  const isInCi = process.env['CI'] === 'true';
  if (isInCi && process.platform !== 'linux') return undefined;
  try {
    return await startKafka();
  } catch (error) {
    if (!(error instanceof KafkaMissing) || isInCi) throw error;
    console.error(`No journey through a gateway, because there is no Kafka. ${error.message}`);
    return undefined;
  }
}

exitOnSignals();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
