/** Where one of several writers writes. */
export interface Piece {
  write(text: string): void;
  /** Nothing is written afterwards. */
  end(): void;
}

/**
 * Prints what writers write that run side by side: the text of each in one piece, in the order in
 * which they began. The text of the first that has not ended is printed at once.
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
