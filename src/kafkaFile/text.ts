/** A stretch of a text: offsets in UTF-16 units, `start` inclusive and `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text, with its content. */
export interface Text extends Span {
  readonly text: string;
}

/** A position in a text as editors count: line and character from 0, in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** A text with its lines, which end with `\r\n`, `\n` or `\r`. */
export class LinedText {
  /** `lineStarts` are the offsets of the line starts; by default, they are found in the text. */
  constructor(
    readonly text: string,
    readonly lineStarts: readonly number[] = findLineStarts(text),
  ) {}

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** Returns the offset where a line starts. After the last line, that is the end of the text. */
  lineStart(line: number): number {
    return this.lineStarts[line] ?? this.text.length;
  }

  /** Returns the offset where a line ends, before the characters that end it. */
  lineEnd(line: number): number {
    const start = this.lineStart(line);
    let end = this.lineStart(line + 1);
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end -= 1;
    return end;
  }

  /** Returns the text of a line, without the characters that end it. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** Returns the line of an offset, counted from 0. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.lineStart(middle) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  positionAt(offset: number): TextPosition {
    const line = this.lineAt(offset);
    return { line, character: offset - this.lineStart(line) };
  }

  /** Returns the offset of a position. A position beyond the end of its line becomes that end. */
  offsetAt({ line, character }: TextPosition): number {
    return Math.min(this.lineStart(line) + character, this.lineEnd(line));
  }

  /** Returns a span as an LSP range. */
  range({ start, end }: Span): { start: TextPosition; end: TextPosition } {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Returns `text[start, end)` without the blanks around it. An empty result stays at `start`. */
export function trimmed(text: string, start: number, end: number): Text {
  const raw = text.slice(start, end);
  const content = raw.trim();
  const from = content === '' ? start : start + raw.indexOf(content);
  return { start: from, end: from + content.length, text: content };
}
