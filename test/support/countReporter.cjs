// Mocha's `spec` reporter that also writes `N passed, N failed` to the file that MOCHA_COUNTS names,
// so that `npm test` can add up all runs.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class CountReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = runner.stats;
      const file = process.env.MOCHA_COUNTS;
      if (file) writeFileSync(file, `${passes} passed, ${failures} failed`);
    });
  }
};
