/**
 * The encodings that a file may have. UTF-8 comes first; the others are those that programs on
 * Windows write, by the names of the Encoding standard.
 */
export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** Says that a file has bytes that its encoding does not have. */
export class EncodingError extends Error {
  constructor(readonly encoding: TextEncoding) {
    super(`not ${encoding}`);
    this.name = 'EncodingError';
  }
}

/**
 * Yields the bytes of a file in UTF-8. A file in UTF-8 is passed on as it is, even if some of its
 * bytes are not UTF-8. Of a file in another encoding the mark at its beginning is left out, and a
 * byte that the encoding does not have throws an `EncodingError`.
 */
export async function* toUtf8(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (encoding === 'utf-8') {
    yield* input;
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes?: Uint8Array): Uint8Array => {
    try {
      return Buffer.from(decoder.decode(bytes, { stream: bytes !== undefined }));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new EncodingError(encoding);
    }
  };
  for await (const chunk of input) yield decode(chunk);
  yield decode();
}
