import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSimulation, type Plant } from './build';
import { plants } from './plants';
import { runSeeds, seedsFrom } from './seeds';
import type { Outcome } from './simulate';

const SEEDS = 200;
/** How many seeds may pass before a defect is found. */
const FOUND_WITHIN = 300;

describe('A simulation', () => {
  let folder: string;
  let bundle: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-simulation-'));
    bundle = path.join(folder, 'worker.cjs');
    await buildSimulation(bundle);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function outcomesOf(seeds: Iterable<number>): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    await runSeeds(bundle, seeds, {
      processes: 1,
      traced: true,
      onOutcome: (outcome) => outcomes.push(outcome) > 0,
    });
    return outcomes;
  }

  it('is the same again for the same seed, whatever ran before it', async () => {
    const seeds = [...seedsFrom(1, 20)];
    const [first, again] = [await outcomesOf(seeds), await outcomesOf(seeds.toReversed())];
    assert.deepEqual(again.toReversed(), first);
    assert.ok(first.some(({ requests }) => requests > 50));
  });

  it('keeps every promise, whatever the seed', async () => {
    const broken: string[] = [];
    await runSeeds(bundle, seedsFrom(1, SEEDS), {
      onOutcome: ({ seed, violation }) => {
        if (violation !== undefined)
          broken.push(`npm run simulate -- --seed ${seed}: ${violation}`);
        return broken.length < 3;
      },
    });
    assert.deepEqual(broken, []);
  });

  for (const plant of plants) {
    it(`finds that ${plant.name}`, async () => {
      const found = await seedThatFinds(plant);
      assert.ok(found !== undefined, `${FOUND_WITHIN} seeds held`);
    });
  }

  async function seedThatFinds(plant: Plant): Promise<number | undefined> {
    const planted = path.join(folder, `planted-${plants.indexOf(plant)}.cjs`);
    await buildSimulation(planted, plant);
    let found: number | undefined;
    await runSeeds(planted, seedsFrom(1, FOUND_WITHIN), {
      onOutcome: ({ seed, violation }) => {
        if (violation !== undefined) found ??= seed;
        return found === undefined;
      },
    });
    return found;
  }
});
