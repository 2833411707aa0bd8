// Runs inside VS Code's extension host: the module that `extensionTestsPath` names.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs the suites below this folder, or below the folder `MOCHA_FOLDER`. With `MOCHA_GREP`, runs
 * only the tests whose title matches it. Writes the report to the file `MOCHA_OUTPUT`, because a
 * log may get lost when VS Code closes.
 */
export async function run(): Promise<void> {
  const output = process.env['MOCHA_OUTPUT'];
  if (output !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
      appendFileSync(output, `${format(...args)}\n`);
    };
  }
  const grep = process.env['MOCHA_GREP'];
  const mocha = new Mocha({
    timeout: 30_000,
    color: true,
    forbidOnly: true,
    forbidPending: true,
    reporter: path.resolve(__dirname, '../../../test/support/countReporter.cjs'),
    ...(grep === undefined ? {} : { grep }),
  });
  const folder = process.env['MOCHA_FOLDER'] ?? __dirname;
  for (const file of readdirSync(folder, { encoding: 'utf8', recursive: true }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  }
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
