import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Canaries } from '../canaries';

/**
 * Has a suite leave what must be searched for in the folder `CANARIES` once all its tests have
 * passed, and the control among the temporary files. Called inside of the suite, before its other hooks.
 */
export function leaveCanaries(suite: string, canaries: () => Canaries): void {
  let failed = false;
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
  after(() => {
    if (failed) return;
    const all = canaries();
    writeFileSync(join(process.env['CANARIES'] ?? '', `${suite}.json`), JSON.stringify(all));
    writeFileSync(join(tmpdir(), `canary-${suite}.txt`), all.control);
  });
}
