// A test runner of StrykerJS for Mocha 12. Its own one imports a file that Mocha no longer has.
import path from 'node:path';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

/** How long a test may take, in milliseconds. A mutant for which one takes longer is killed. */
const TEST_LIMIT = 10_000;

type Context = { [Name in keyof InstrumenterContext]: InstrumenterContext[Name] | undefined };

/** What the changed code reads and writes. */
const context: Context = {};
Object.assign(globalThis, { __stryker__: context });

/** Selects tests by their full titles. Mocha asks a regular expression. */
class Titles extends RegExp {
  constructor(private readonly titles: ReadonlySet<string>) {
    super('');
  }

  override test(title: string): boolean {
    return this.titles.has(title);
  }
}

/** Runs the tests of the option `testFiles`. The full title of a test is its id. */
class MochaRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  // This reporter prints nothing.
  readonly #mocha = new Mocha({ reporter: Mocha.reporters.Base });
  readonly #files: readonly string[];
  #loaded: Promise<void> | undefined;

  constructor(options: StrykerOptions) {
    this.#files = options.testFiles;
    this.#mocha.timeout(TEST_LIMIT).cleanReferencesAfterRun(false);
  }

  /** Modules are loaded once. For another look at what runs meanwhile, StrykerJS starts anew. */
  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  /** Leaves out the tests that fail: those that limit a time, as measuring coverage takes some. */
  async dryRun(): Promise<DryRunResult> {
    context.mutantCoverage = { static: {}, perTest: {} };
    const tests = (await this.#run()).filter(({ status }) => status !== TestStatus.Failed);
    const { static: atLoad, perTest } = context.mutantCoverage;
    const mutantCoverage = {
      static: atLoad,
      perTest: Object.fromEntries(tests.map(({ id }) => [id, perTest[id] ?? {}])),
    };
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    if (options.mutantActivation === 'runtime') await this.#load();
    context.activeMutant = options.activeMutant.id;
    context.hitLimit = options.hitLimit;
    context.hitCount = options.hitLimit === undefined ? undefined : 0;
    const { activeMutant, testFilter } = options;
    this.#beginNear(activeMutant.fileName);
    this.#mocha.grep(testFilter ? new Titles(new Set(testFilter)) : /^/);
    const tests = await this.#run();
    context.activeMutant = undefined;
    const endless = determineHitLimitReached(context.hitCount, options.hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
  }

  #load(): Promise<void> {
    for (const file of this.#loaded ? [] : this.#files) this.#mocha.addFile(path.resolve(file));
    return (this.#loaded ??= this.#mocha.loadFilesAsync());
  }

  /** Puts the tests first that have the name of the changed file, as they are the likeliest. */
  #beginNear(changed: string): void {
    const isFar = ({ file = '' }: Mocha.Suite) =>
      Number(path.basename(file, '.test.ts') !== path.basename(changed, '.ts'));
    this.#mocha.suite.suites.sort((one, other) => isFar(one) - isFar(other));
  }

  async #run(): Promise<TestResult[]> {
    await this.#load();
    const results: TestResult[] = [];
    await new Promise<unknown>((resolve) => {
      const runner = this.#mocha.run(resolve);
      runner
        .on('suite', (suite) => {
          context.currentTestId = suiteId(suite);
        })
        .on('test', (test) => {
          context.currentTestId = test.fullTitle();
          addHooks(test);
        })
        .on('pass', (test) => {
          results.push({ ...describe(test), status: TestStatus.Success });
        })
        .on('pending', (test) => {
          results.push({ ...describe(test), status: TestStatus.Skipped });
        })
        .on('fail', (test, error: Error) => {
          const failureMessage = error.message;
          results.push({ ...describe(test), status: TestStatus.Failed, failureMessage });
          if (context.activeMutant !== undefined) runner.abort();
        });
    });
    return results;
  }
}

/** Under which the coverage of the `before` hooks of a suite is kept. */
const suiteId = (suite: Mocha.Suite) => `${suite.fullTitle()} (before)`;

/** Each test of a suite counts as covering what the suite's `before` hooks run. */
function addHooks(test: Mocha.Test): void {
  const perTest = context.mutantCoverage?.perTest;
  if (!perTest) return;
  const covered = (perTest[test.fullTitle()] ??= {});
  for (let suite = test.parent; suite; suite = suite.parent) {
    Object.assign(covered, perTest[suiteId(suite)]);
  }
}

/** Describes a test. A hook that failed stands for the test that it failed for. */
function describe(test: Mocha.Test): Pick<TestResult, 'id' | 'name' | 'timeSpentMs' | 'fileName'> {
  const title = (test.ctx?.currentTest ?? test).fullTitle();
  const { duration = 0, file } = test;
  return { id: title, name: title, timeSpentMs: duration, ...(file ? { fileName: file } : {}) };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'mocha', MochaRunner)];
