/** So many characters of a secret in a row give it away. Short enough for each part of a token. */
const LENGTH = 12;

/**
 * Where something was found that must not be there: enough to mend it, and not the secret itself.
 */
export interface Finding {
  readonly place: string;
  readonly offset: number;
  /** What stands around it, with the secret blacked out. */
  readonly around: string;
}

/**
 * Finds any piece of some texts in bytes, whatever is around it and however they are encoded: as
 * UTF-8, UTF-16, Base64 or hexadecimal. Pieces have letters, digits, `-` and `_` alone, so that the
 * escapes of URLs, forms, JSON and HTML leave them as they are.
 */
export class Needles {
  /** By their first four bytes. */
  readonly #byStart = new Map<number, Buffer[]>();
  /**
   * Which of the hashes of four bytes begin a needle: nearly none, so the look-up is seldom needed.
   */
  readonly #filter = new Uint8Array(1 << 20);

  constructor(texts: readonly string[]) {
    for (const needle of new Set(texts.flatMap(piecesOf).flatMap(encodingsOf))) {
      const bytes = Buffer.from(needle, 'latin1');
      const start = bytes.readUInt32LE(0);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), bytes]);
      this.#filter[hash(start)] = 1;
    }
    if (this.#byStart.size === 0) throw new Error('Nothing to look for.');
  }

  /** The offset of the first piece in `bytes`, or -1. */
  search(bytes: Buffer): number {
    let word = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (this.#filter[hash(word)] === 1) {
        const found = this.#byStart
          .get(word)
          ?.some((needle) => needle.equals(bytes.subarray(at, at + needle.length)));
        if (found === true) return at;
      }
      word = ((word >>> 8) | ((bytes[at + 4] ?? 0) << 24)) >>> 0;
    }
    return -1;
  }

  /** Whether a piece stands in a text or in bytes. */
  in(content: string | Buffer): boolean {
    return this.search(Buffer.from(content)) >= 0;
  }

  find(place: string, content: string | Buffer): Finding | undefined {
    const bytes = Buffer.from(content);
    const offset = this.search(bytes);
    if (offset < 0) return undefined;
    const text = (from: number, to: number) =>
      bytes
        .subarray(Math.max(from, 0), to)
        .toString('latin1')
        .replace(/[^ -~]+/g, '·');
    const around = `${text(offset - 60, offset)}[...]`;
    return { place, offset, around };
  }
}

function hash(word: number): number {
  return (Math.imul(word, 0x9e3779b1) >>> 12) & 0xfffff;
}

/** The pieces of a text, one after the other; each part of a token has its own. */
function piecesOf(text: string): string[] {
  return text
    .split(/[^\w-]+/)
    .flatMap((word) =>
      Array.from({ length: Math.floor(word.length / LENGTH) }, (_, index) =>
        word.slice(index * LENGTH, (index + 1) * LENGTH),
      ),
    );
}

/** A piece as bytes, written as latin1. */
function encodingsOf(piece: string): string[] {
  const bytes = Buffer.from(piece);
  const utf16 = Buffer.from(piece, 'utf16le');
  const base64 = [0, 1, 2].map((shift) => {
    // Without the characters that also depend on what is before and after.
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const sure = Math.floor(((shift + bytes.length) * 8) / 6);
    return encoded.slice(shift === 0 ? 0 : shift + 1, sure);
  });
  return [
    piece,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
    ...base64.map((each) => each.replaceAll('+', '-').replaceAll('/', '_')),
    utf16.toString('latin1'),
    Buffer.from(utf16).swap16().toString('latin1'),
  ];
}
