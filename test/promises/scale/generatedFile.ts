import { localFolder } from '../../../src/transfer/bulk/localFolder';
import type { SourceFile } from '../../../src/transfer/bulk/produceFile';

/** Of each message of a generated file. */
export const LINE_BYTES = 1000;
const LINE = `${JSON.stringify({ key: 'k', value: 'x'.repeat(LINE_BYTES - 23) })}\n`;
const PIECE = Buffer.from(LINE.repeat(256));

/**
 * A file in JSON Lines that nobody stores, so that it may be as large as one likes. What is left
 * of it is written to `folder`.
 */
export function generatedFile(messages: number, folder: string): SourceFile {
  return {
    name: 'large.jsonl',
    folder: localFolder(folder),
    read: async function* () {
      for (let left = messages * LINE_BYTES; left > 0; left -= PIECE.length) {
        // As from a disk: not before the caller has gone on.
        await new Promise(setImmediate);
        yield PIECE.subarray(0, left);
      }
    },
  };
}
