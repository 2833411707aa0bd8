import assert from 'node:assert/strict';
import type { AzureOrigin } from '../../src/core/azureOrigin';
import { KafkaError } from '../../src/core/errors';
import type { KafkaErrorKind } from '../../src/core/errors';

/** Asserts that the promise rejects with a `KafkaError` with these facts. */
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
    readonly dialect?: string;
    readonly field?: string | undefined;
    readonly azure?: AzureOrigin | undefined;
    readonly cause?: unknown;
    readonly detail?: string | RegExp;
    readonly bytes?: number;
  },
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KafkaError, String(error));
    const { kind, status, host, signIn, field, dialect, azure, cause, bytes } = error;
    const found = { kind, status, host, signIn, field, dialect, azure, cause, bytes };
    assert.deepEqual({ ...found, ...facts }, found);
    if (detail instanceof RegExp) assert.match(error.detail, detail);
    else assert.equal(detail ?? error.detail, error.detail);
    return true;
  });
}

/** Asserts that the promise rejects with exactly this reason. */
export async function rejectsWith(promise: Promise<unknown>, reason: unknown): Promise<void> {
  await assert.rejects(promise, (error) => error === reason);
}
