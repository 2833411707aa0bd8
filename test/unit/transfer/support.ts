import assert from 'node:assert/strict';
import { guessImport } from '../../../src/transfer/import/guess/guessImport';
import type { ImportOptions } from '../../../src/transfer/import/imported';
/** A file in pieces of this many bytes. */
export function inPieces(file: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
    file.subarray(at * size, (at + 1) * size),
  );
}

/** Returns how a file that is not refused is read if nobody chooses anything. */
export async function guessed(file: Uint8Array, name: string): Promise<ImportOptions> {
  const guess = await guessImport({ bytes: file, whole: true }, name);
  assert.ok(guess.kind === 'guess', `${name} is refused`);
  return guess.options;
}
