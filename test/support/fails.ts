import assert from 'node:assert/strict';
import { KafkaError } from '../../src/core/errors';
import type { KafkaErrorKind } from '../../src/core/errors';

/** Asserts that it rejects with a `KafkaError` of these facts. */
export async function fails(
  promise: Promise<unknown>,
  {
    detail,
    ...facts
  }: {
    readonly kind?: KafkaErrorKind;
    readonly status?: number | undefined;
    readonly host?: string;
    readonly signIn?: string;
    readonly cause?: unknown;
    readonly detail?: string | RegExp;
  },
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KafkaError, String(error));
    const { kind, status, host, signIn, cause } = error;
    const found = { kind, status, host, signIn, cause };
    assert.deepEqual({ ...found, ...facts }, found);
    if (detail instanceof RegExp) assert.match(error.detail, detail);
    else assert.equal(detail ?? error.detail, error.detail);
    return true;
  });
}

/** Asserts that it rejects with exactly this. */
export async function rejectsWith(promise: Promise<unknown>, reason: unknown): Promise<void> {
  await assert.rejects(promise, (error) => error === reason);
}
