// Runs inside VS Code's extension host: the module that `extensionTestsPath` names.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs the suites beside this file, or in the folder `MOCHA_FOLDER`. `MOCHA_GREP` keeps the tests whose title it matches; the report
 * goes to the file `MOCHA_OUTPUT`, as what is logged here may get lost when VS Code closes.
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
  for (const file of readdirSync(folder, { encoding: 'utf8' })) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  }
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
