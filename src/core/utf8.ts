import { isAscii } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';

/** The text of UTF-8. Megabytes of ASCII take a ninth of the time as Latin-1 (measured on Node 20). */
export function utf8Text(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

/**
 * Puts together the text of UTF-8 that comes in pieces. None of them is kept: many megabytes of
 * buffers would make the garbage collector run all the time.
 */
export class Utf8Collector {
  #text = '';
  /** There from the first piece on that is not ASCII: a piece may end within a character. */
  #decoder: StringDecoder | undefined;

  add(bytes: Buffer): void {
    if (!this.#decoder && !isAscii(bytes)) this.#decoder = new StringDecoder('utf8');
    this.#text += this.#decoder?.write(bytes) ?? bytes.toString('latin1');
  }

  end(): string {
    return this.#text + (this.#decoder?.end() ?? '');
  }
}
