import { gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { decompressLz4 } from './lz4';
import { MalformedBytes } from './reader';
import { decompressSnappy } from './snappy';

/** A batch that becomes larger than this is refused, so that no batch can fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What decompresses, by the number in the attributes of a batch. */
const codecs: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  (bytes) => gunzipSync(bytes, { maxOutputLength: MAX_BYTES }),
  (bytes) => decompressSnappy(bytes, MAX_BYTES),
  (bytes) => decompressLz4(bytes, MAX_BYTES),
  (bytes) => unzstd(bytes),
];

/**
 * Decompresses the records of a batch.
 *
 * @param codec the number of the compression: none, gzip, snappy, lz4, zstd
 * @throws {MalformedBytes} if the bytes are not what the codec says, or not of a known codec
 */
export function decompress(codec: number, bytes: Buffer): Buffer {
  const decompressWith = codecs[codec];
  if (!decompressWith) throw new MalformedBytes(`The compression ${codec} is not known.`);
  try {
    return decompressWith(bytes);
  } catch (error) {
    if (error instanceof MalformedBytes) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MalformedBytes(`The batch cannot be decompressed: ${reason}`);
  }
}

function unzstd(bytes: Buffer): Buffer {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((piece) => {
    length += piece.length;
    if (length > MAX_BYTES) throw new MalformedBytes('The decompressed frame is too large.');
    pieces.push(piece);
  });
  stream.push(bytes, true);
  return Buffer.concat(pieces);
}
