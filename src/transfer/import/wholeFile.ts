import { isBinaryText } from '../../core/text/binary';
import type { Imported } from './imported';
import { pieces, SAMPLE_BYTES, strictUtf8 } from './lines';

/** Returns a file as one item, without the line end at its end; nothing for an empty file. */
export async function wholeFile(
  input: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<readonly Imported[]> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces(input)) {
    parts.push(piece);
    size += piece.length;
    if (size <= maxBytes) continue;
    const source = Buffer.concat(parts).subarray(0, SAMPLE_BYTES);
    return [{ kind: 'bad', line: 1, source, problem: { kind: 'too-long', limit: maxBytes } }];
  }
  const bytes = Buffer.concat(parts);
  const source = strictUtf8(bytes)?.replace(/\r?\n$/, '');
  if (source === '') return [];
  if (source === undefined) {
    return [{ kind: 'bad', line: 1, source: bytes, problem: { kind: 'not-utf8' } }];
  }
  if (isBinaryText(source)) return [{ kind: 'bad', line: 1, source, problem: { kind: 'binary' } }];
  return [{ kind: 'record', line: 1, record: { value: source }, source }];
}
