import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { mutate } from './engine/mutate';
import { Random } from './engine/random';
import { check, type Target } from './target';

const SEED = 5;
const RUNS = 400;
/** For targets that take long: how many milliseconds their runs may take together. */
const BUDGET_MS = 1500;

describe('whatever comes in', () => {
  for (const file of readdirSync(path.join(__dirname, 'targets'))) {
    const name = path.basename(file, '.ts');
    describe(name, () => {
      let target: Target;
      before(async () => {
        ({ target } = (await import(`./targets/${name}`)) as { target: Target });
      });

      after(() => target.close?.());

      it('as it should be', async () => {
        for (const seed of target.seeds) await check(target, Buffer.from(seed));
      });

      for (const [kept, input] of cases(name)) {
        it(`found by the fuzzer: ${kept}`, () => check(target, input));
      }

      it('with a structure of its own', async () => {
        if (!target.structured) return;
        const property = fc.asyncProperty(target.structured, async (input) => {
          await check(target, Buffer.from(input));
        });
        await fc.assert(property, {
          seed: SEED,
          numRuns: RUNS,
          interruptAfterTimeLimit: BUDGET_MS,
        });
      });

      it('changed at random', async () => {
        const random = new Random(SEED);
        const inputs = target.seeds.map((seed) => Buffer.from(seed));
        const pool = { inputs, words: (target.words ?? []).map((word) => Buffer.from(word)) };
        const end = performance.now() + BUDGET_MS;
        for (let run = 0; run < RUNS && performance.now() < end; run += 1) {
          await check(target, mutate(random.of(inputs) ?? Buffer.from(''), random, pool));
        }
      });
    });
  }
});

function cases(name: string): (readonly [name: string, input: Buffer])[] {
  const folder = path.join(__dirname, 'cases', name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file))] as const);
}
