/** The beginning of a file. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether that is the whole file. */
  readonly whole: boolean;
}

/** The number of bytes that a guess or a preview looks at. */
const HEAD_BYTES = 256 * 1024;

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
