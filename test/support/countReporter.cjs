// Mocha's `spec` reporter, which also writes `N passed, N failed` to the file that MOCHA_COUNTS
// names, so that `npm test` can add up all runs.
const fs = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      const file = process.env['MOCHA_COUNTS'];
      if (file) fs.writeFileSync(file, `${passes} passed, ${failures} failed`);
    });
  }
};
