import type { SinkName } from './sink';

/** A folder that files are written to. */
export interface Folder {
  /** Creates a file. Rejects with an error of code `EEXIST` if a file of that name exists. */
  create(name: string): Promise<NewFile>;
  remove(name: string): Promise<void>;
}

export interface NewFile {
  /** Appends all of the bytes, or rejects and appends none, as far as the system allows that. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * How items are written to a file: the text of each item, and what stands between and around them.
 */
export interface RestLayout<T> {
  /** Returns the text before the first item. */
  readonly begin: (first: T) => string;
  readonly separator: string;
  readonly end: string;
  /** Returns the text of an item, or its bytes if they are not UTF-8. */
  readonly source: (item: T) => string | Uint8Array;
  /** Whether `source` gives only the beginning of an item. Such an item must not be sent again. */
  readonly isCut?: (item: T) => boolean;
}

/** The names of the files that were written. A file that would be empty is missing. */
export type WrittenFiles = Readonly<Partial<Record<SinkName, string>>>;

/** What became of the files. */
export interface ClosedFiles {
  /** Those that are complete. */
  readonly files: WrittenFiles;
  /** Why one could not be completed, if so; the first failure. */
  readonly error?: Error;
}

const suffixes: Readonly<Record<SinkName, string>> = {
  rest: 'rest',
  unclear: 'unclear',
  setAside: 'set-aside',
};

/**
 * The files beside a source that hold the items that were not accepted, in the format of the
 * source. For `orders.jsonl` they are `orders.rest.jsonl` (certainly not written: can be sent
 * again), `orders.unclear.jsonl` (may have been written) and `orders.set-aside.jsonl` (bad). No
 * file is ever overwritten: if a name is taken, the next one is `orders.rest-2.jsonl`. The rest
 * files of `orders.rest.jsonl` get the same names as those of `orders.jsonl`.
 */
export class RestFiles<T> {
  readonly #files = new Map<SinkName, { readonly name: string; readonly file: NewFile }>();
  readonly #begun = new Set<SinkName>();

  private constructor(
    private readonly folder: Folder,
    private readonly source: string,
    private readonly layout: RestLayout<T>,
  ) {}

  /**
   * Creates the first file at once, so that it rejects before anything is sent if the folder cannot
   * be written.
   */
  static async reserve<T>(
    folder: Folder,
    source: string,
    layout: RestLayout<T>,
  ): Promise<RestFiles<T>> {
    const files = new RestFiles(folder, source, layout);
    await files.#open('rest');
    return files;
  }

  /** Writes items; see `Sink`. */
  async keep(sink: SinkName, items: readonly T[]): Promise<void> {
    const { isCut = () => false } = this.layout;
    const cut = sink === 'rest' ? items.filter(isCut) : [];
    await this.#append(sink, cut.length > 0 ? items.filter((item) => !isCut(item)) : items);
    await this.#append('setAside', cut);
  }

  /**
   * Completes the files and removes those that hold nothing. With `discard`, removes all of them. Never
   * rejects, because each file is completed, whatever becomes of the others. One that holds nothing and
   * cannot be removed does no harm.
   */
  async close({ discard = false } = {}): Promise<ClosedFiles> {
    const written: Partial<Record<SinkName, string>> = {};
    const errors: Error[] = [];
    for (const [sink, { name, file }] of this.#files) {
      const keeps = this.#begun.has(sink) && !discard;
      try {
        try {
          if (keeps && this.layout.end !== '') await file.append(Buffer.from(this.layout.end));
        } finally {
          await file.close();
        }
        if (keeps) written[sink] = name;
      } catch (error) {
        if (keeps) errors.push(error instanceof Error ? error : new Error(String(error)));
      }
      if (!keeps) await this.folder.remove(name).catch(() => undefined);
    }
    return { files: written, ...(errors[0] && { error: errors[0] }) };
  }

  async #append(sink: SinkName, items: readonly T[]): Promise<void> {
    if (items.length === 0) return;
    const { begin, separator, source } = this.layout;
    const { file } = this.#files.get(sink) ?? (await this.#open(sink));
    const parts = items.map((item, index) => [
      Buffer.from(index > 0 || this.#begun.has(sink) ? separator : begin(item)),
      Buffer.from(source(item)),
    ]);
    await file.append(Buffer.concat(parts.flat()));
    this.#begun.add(sink);
  }

  async #open(sink: SinkName): Promise<{ readonly name: string; readonly file: NewFile }> {
    for (let number = 1; ; number++) {
      const name = restName(this.source, sink, number);
      try {
        const opened = { name, file: await this.folder.create(name) };
        this.#files.set(sink, opened);
        return opened;
      } catch (error) {
        if (!isTaken(error)) throw error;
      }
    }
  }
}

function restName(source: string, sink: SinkName, number: number): string {
  const [, base = source, extension = ''] =
    /^(.+?)(?:\.(?:rest|unclear|set-aside)(?:-\d+)?)?(\.[^.]*)?$/.exec(source) ?? [];
  return `${base}.${suffixes[sink]}${number > 1 ? `-${number}` : ''}${extension}`;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
