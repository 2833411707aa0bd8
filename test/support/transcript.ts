/** The output of one of several writers. */
export interface Piece {
  write(text: string): void;
  /** Must be called last. */
  end(): void;
}

/**
 * Prints the output of concurrent writers without mixing it, in the order in which they began. The
 * output of the first writer that has not ended is printed at once; that of the others waits.
 */
export class Transcript {
  readonly #pieces: { held: string; ended: boolean }[] = [];

  constructor(private readonly print: (text: string) => void) {}

  begin(): Piece {
    const piece = { held: '', ended: false };
    this.#pieces.push(piece);
    return {
      write: (text) => {
        piece.held += text;
        this.#flush();
      },
      end: () => {
        piece.ended = true;
        this.#flush();
      },
    };
  }

  #flush(): void {
    for (let first = this.#pieces[0]; first; first = this.#pieces[0]) {
      if (first.held !== '') this.print(first.held);
      first.held = '';
      if (!first.ended) return;
      this.#pieces.shift();
    }
  }
}
