// Mocha's `spec` reporter that also appends `{ "passed", "failed" }` as a line to the file that
// MOCHA_COUNTS names, so that `npm test` can add up all runs.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class CountReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = runner.stats;
      const line = JSON.stringify({ passed: passes, failed: failures });
      if (process.env.MOCHA_COUNTS) appendFileSync(process.env.MOCHA_COUNTS, `${line}\n`);
    });
  }
};
