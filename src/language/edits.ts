import type { TextEdit } from 'vscode-languageserver-types';
import type { KafkaFile } from '../kafkaFile/file';
import type { Span } from '../kafkaFile/text';

/** A quick fix. The title is one line. */
export interface Fix {
  readonly title: string;
  readonly edits: TextEdit[];
}

/** Makes edits of a file's text. */
export class Edits {
  constructor(readonly file: KafkaFile) {}

  replace(span: Span, newText: string): TextEdit {
    return { range: this.file.range(span), newText };
  }

  removeLine({ start }: Span): TextEdit {
    const line = this.file.lineAt(start);
    return this.replace(
      { start: this.file.lineStart(line), end: this.file.lineStart(line + 1) },
      '',
    );
  }

  /** Inserts lines below the one in which a span begins. */
  insertBelow({ start }: Span, text: string): TextEdit {
    const at = this.file.lineEnd(this.file.lineAt(start));
    return this.replace({ start: at, end: at }, this.lines('', text));
  }

  /** Inserts lines above the one in which a span begins. */
  insertAbove({ start }: Span, ...lines: readonly string[]): TextEdit {
    const at = this.file.lineStart(this.file.lineAt(start));
    return this.replace({ start: at, end: at }, this.lines(...lines, ''));
  }

  /** Makes a line of a value, `x: text`, a property or directive above the value. */
  makeProperty(problem: Span, name: string): TextEdit[] {
    const line = this.file.line(this.file.lineAt(problem.start));
    return this.moveAboveValue(problem, `${name}: ${line.slice(line.indexOf(':') + 1).trim()}`);
  }

  /** Moves a line of a value above the value, perhaps with another text. */
  moveAboveValue(problem: Span, text?: string): TextEdit[] {
    const block = this.file.blockAt(problem.start);
    const line = this.file.lineAt(problem.start);
    const value = block?.kind === 'producer' ? block.value : undefined;
    if (!value) return [];
    const moved = text ?? this.file.line(line).trim();
    if (this.file.lineAt(value.start) !== line) {
      return [this.insertAbove(value, moved), this.removeLine(problem)];
    }
    const [start, end] = [this.file.lineStart(line), this.file.lineEnd(line)];
    return [this.replace({ start, end }, moved)];
  }

  /** Returns the span with the blanks before it. */
  indented({ start, end }: Span): Span {
    return { start: this.file.lineStart(this.file.lineAt(start)), end };
  }

  /** Returns lines as one text, with the line ends of the file. */
  lines(...lines: readonly string[]): string {
    return lines.join(this.file.text.includes('\r\n') ? '\r\n' : '\n');
  }
}
