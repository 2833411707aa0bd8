import type { TextEncoding } from '../textEncoding';

/** The beginning of a file. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether that is the whole file. */
  readonly whole: boolean;
}

/** The number of bytes that a preview looks at. */
const HEAD_BYTES = 256 * 1024;

/** The number of bytes that a guess looks at, if they hold a whole line. */
const GUESS_BYTES = 64 * 1024;

/** Reads the first bytes of a file and stops reading. */
export async function readHead(input: AsyncIterable<Uint8Array>): Promise<Head> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > HEAD_BYTES) break;
  }
  const bytes = Buffer.concat(chunks);
  return { bytes: bytes.subarray(0, HEAD_BYTES), whole: bytes.length <= HEAD_BYTES };
}

/** Returns the head of a file in UTF-8, without a mark. What the end may have cut off is kept. */
export function inUtf8({ bytes, whole }: Head, encoding: TextEncoding): Head {
  if (encoding === 'utf-8') return { bytes, whole };
  return { bytes: Buffer.from(new TextDecoder(encoding).decode(bytes)), whole };
}

/** Returns as much of a head in UTF-8 as a guess looks at. */
export function guessedPart({ bytes, whole }: Head): Head {
  const isEnough = bytes.length <= GUESS_BYTES || bytes.lastIndexOf(0x0a, GUESS_BYTES) < 0;
  return isEnough
    ? { bytes, whole }
    : { bytes: bytes.subarray(0, bytes.lastIndexOf(0x0a, GUESS_BYTES) + 1), whole: false };
}

/**
 * Returns the lines of a head in UTF-8 that are not empty, without their line ends. One that the
 * end of the head may have cut off is left out.
 */
export function completeLines({ bytes, whole }: Head): readonly string[] {
  const lines = Buffer.from(bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n');
  return (whole ? lines : lines.slice(0, -1))
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
}
