import type { SinkName } from './sink';

/** Where files are written to. */
export interface Folder {
  /** Creates a file. Rejects with an error of code `EEXIST` if there is one of that name. */
  create(name: string): Promise<NewFile>;
  remove(name: string): Promise<void>;
}

export interface NewFile {
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** How items are written down: the text of each, what parts them, and what stands around them. */
export interface RestLayout<T> {
  /** What stands before the first item. */
  readonly begin: (first: T) => string;
  readonly separator: string;
  readonly end: string;
  /** Bytes where it is not UTF-8. */
  readonly source: (item: T) => string | Uint8Array;
  /** Whether `source` gives but the beginning, so that the item must not be sent like that. */
  readonly isCut?: (item: T) => boolean;
}

/** The names of the files that were written, without those that would be empty. */
export type WrittenFiles = Readonly<Partial<Record<SinkName, string>>>;

const suffixes: Readonly<Record<SinkName, string>> = {
  rest: 'rest',
  unclear: 'unclear',
  setAside: 'set-aside',
};

/**
 * The files beside a source that take what was not accepted of it, in its own format:
 * `orders.jsonl` gets `orders.rest.jsonl` (certainly not written: to be sent again),
 * `orders.unclear.jsonl` (perhaps written) and `orders.set-aside.jsonl` (bad). None is ever
 * overwritten: the next one is `orders.rest-2.jsonl`. What is left of `orders.rest.jsonl` is again
 * called after `orders`.
 */
export class RestFiles<T> {
  readonly #files = new Map<SinkName, { readonly name: string; readonly file: NewFile }>();
  readonly #begun = new Set<SinkName>();

  private constructor(
    private readonly folder: Folder,
    private readonly source: string,
    private readonly layout: RestLayout<T>,
  ) {}

  /** Creates the first file, so that a folder that cannot be written shows beforehand. */
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

  /** Completes the files, and removes those that hold nothing; with `discard` all of them. */
  async close({ discard = false } = {}): Promise<WrittenFiles> {
    const written: Partial<Record<SinkName, string>> = {};
    for (const [sink, { name, file }] of this.#files) {
      const keeps = this.#begun.has(sink) && !discard;
      if (keeps) await file.append(Buffer.from(this.layout.end));
      await file.close();
      if (keeps) written[sink] = name;
      else await this.folder.remove(name);
    }
    return written;
  }

  async #append(sink: SinkName, items: readonly T[]): Promise<void> {
    if (items.length === 0) return;
    const { begin, separator, source } = this.layout;
    const { file } = this.#files.get(sink) ?? (await this.#open(sink));
    const parts = items.map((item, index) => [
      Buffer.from(index > 0 || this.#begun.has(sink) ? separator : begin(item)),
      Buffer.from(source(item)),
    ]);
    this.#begun.add(sink);
    await file.append(Buffer.concat(parts.flat()));
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
