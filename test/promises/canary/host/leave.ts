import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Canaries } from '../canaries';

/**
 * Has a suite leave what must be searched for in the folder `CANARIES` once all its tests have
 * passed. Called inside of the suite, before its other hooks.
 */
export function leaveCanaries(suite: string, canaries: () => Canaries): void {
  let failed = false;
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
  after(() => {
    if (failed) return;
    const file = join(process.env['CANARIES'] ?? '', `${suite}.json`);
    writeFileSync(file, JSON.stringify(canaries()));
  });
}
