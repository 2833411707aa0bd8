import * as vscode from 'vscode';
import type { DecodedRecord } from '../../core/message/decoded';
import type { MessageFormat } from '../../core/message/format';
import { recordBytes } from '../../core/message/size';
import { FirstMessages, type LargeMessage } from '../../core/message/text';
import { describeDecodeProblem } from '../words/decodeProblem';
import { lineBreaks } from './messageDocuments';

/** How many messages are removed from a document at once. */
const CHUNK_SIZE = 500;
const CHUNK_BYTES = 1024 * 1024;

/** Splits records into chunks of a limited count and size, so that the editor stays responsive. */
function* chunksOf(records: readonly DecodedRecord[]): Generator<readonly DecodedRecord[], void> {
  let chunk: DecodedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = recordBytes(record.raw);
    if (chunk.length >= CHUNK_SIZE || (chunk.length > 0 && bytes + size > CHUNK_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(record);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

interface Chunk {
  readonly text: string;
  readonly records: readonly DecodedRecord[];
  /** How many lines the message takes, with its separator. */
  readonly lines: number;
}

/**
 * The text of a document that grows. Each change is an edit, so the whole text is never sent
 * again.
 */
export class GrowingText {
  #chunks: Chunk[] = [];
  #size = 0;
  /** Settles when the last edit is done. Each one begins with the text that the last one leaves. */
  #edited: Promise<unknown> = Promise.resolve();
  /** Messages that are left out because no document can hold them. */
  readonly tooLarge: LargeMessage[] = [];
  received = 0;
  dropped = 0;

  constructor(
    private readonly format: MessageFormat,
    private readonly maxMessages: number,
    private readonly maxSize: number,
  ) {}

  get kept(): number {
    return this.received - this.dropped;
  }

  get body(): string {
    return this.#chunks.map(({ text }) => text).join(this.format.separator);
  }

  get records(): readonly DecodedRecord[] {
    return this.#chunks.flatMap(({ records }) => records);
  }

  /**
   * Returns whether VS Code applied the edits. It refuses one if the document changed in the
   * meantime.
   */
  async append(document: vscode.TextDocument, records: readonly DecodedRecord[]): Promise<boolean> {
    let taken = true;
    for (const chunk of chunksOf(records)) {
      const messages = new FirstMessages(this.format, Infinity, describeDecodeProblem);
      messages.add(chunk);
      this.tooLarge.push(...messages.tooLarge);
      if (messages.count > 0) {
        const append = () => this.#appendChunk(document, messages);
        taken = (await this.#inTurn(append)) && taken;
      }
    }
    return taken;
  }

  /** Removes all messages. Returns whether VS Code applied the edit. */
  clear(document: vscode.TextDocument): Promise<boolean> {
    return this.#inTurn(async () => {
      const { begin, end } = this.format;
      const edit = new vscode.WorkspaceEdit();
      const last = document.lineAt(document.lineCount - 1 - lineBreaks(end)).range.end;
      edit.delete(document.uri, new vscode.Range(new vscode.Position(lineBreaks(begin), 0), last));
      this.#chunks = [];
      this.#size = this.received = this.dropped = 0;
      return vscode.workspace.applyEdit(edit);
    });
  }

  #inTurn<T>(edit: () => Promise<T>): Promise<T> {
    const turn = this.#edited.then(edit);
    this.#edited = turn.catch(() => undefined);
    return turn;
  }

  async #appendChunk(
    document: vscode.TextDocument,
    { body: text, records }: FirstMessages,
  ): Promise<boolean> {
    const { begin, separator, end } = this.format;
    const edit = new vscode.WorkspaceEdit();
    const last = document.lineAt(document.lineCount - 1 - lineBreaks(end));
    const isEmpty = this.#chunks.length === 0;
    edit.insert(document.uri, last.range.end, isEmpty ? text : separator + text);
    this.#size += text.length;
    this.#chunks.push({ text, records, lines: lineBreaks(text + separator) });
    this.received += records.length;

    let lines = 0;
    for (;;) {
      const [oldest] = this.#chunks;
      const isOver = this.#size > this.maxSize && this.#chunks.length > 1;
      if (!oldest || (!isOver && oldest.records.length > this.kept - this.maxMessages)) break;
      this.#chunks.shift();
      this.#size -= oldest.text.length;
      this.dropped += oldest.records.length;
      lines += oldest.lines;
    }
    if (lines > 0) {
      const top = lineBreaks(begin);
      edit.delete(document.uri, new vscode.Range(top, 0, top + lines, 0));
    }
    return vscode.workspace.applyEdit(edit);
  }
}
