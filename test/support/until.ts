import assert from 'node:assert/strict';

/** Waits until something holds, for five seconds at most. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 5000;
  while (!(await what())) {
    assert.ok(performance.now() < end, `never: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
