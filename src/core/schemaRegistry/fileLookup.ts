import { type Phrase, phrase } from '../phrase';
import { isAbortError } from '../async/abortError';
import type { CallOptions } from '../kafka';
import { type FoundSchema, type SchemaAddress, SchemaError, type SchemaLookup } from './lookup';
import { Memory } from './memory';
import type { SchemaType, WholeSchema } from './schema';
import { avroNames, protobufImports } from './textReferences';

/** The largest file, in bytes, and how much all that one needs may be together. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_TOGETHER_BYTES = 16 * 1024 * 1024;
const MAX_IMPORTS = 200;
/** How long files are taken as they were read. They may be edited at any time. */
const LIFE_MS = 2_000;

/** Reads the files of schemas. Paths have slashes. */
export interface SchemaFiles {
  /**
   * Returns the content of a file; `undefined` if there is none. Rejects if it must not be read, for
   * example because the workspace is not trusted.
   */
  read(path: string, options?: CallOptions): Promise<Uint8Array | undefined>;
  /** Returns the paths of the files in the folder of a file that end in this way. */
  siblings(path: string, ending: string, options?: CallOptions): Promise<readonly string[]>;
  /** Returns where the path that a schema imports may be, the likeliest first. */
  candidates(imported: string, importer: string): readonly string[];
}

/** Finds the schemas of files, with what they import from other files. */
export class FileLookup implements SchemaLookup {
  readonly #found = new Memory<FoundSchema>({
    maxEntries: 100,
    maxBytes: 4 * MAX_TOGETHER_BYTES,
    sizeOf: ({ schema }) => 2 * schema.text.length + (schema.descriptors?.length ?? 0),
    lifeMs: LIFE_MS,
    failureMs: LIFE_MS,
  });

  constructor(private readonly files: SchemaFiles) {}

  async find(
    address: SchemaAddress,
    _: unknown,
    { signal }: CallOptions = {},
  ): Promise<FoundSchema> {
    if (address.by !== 'file')
      throw new SchemaError('no-registry', phrase('there is no schema registry'));
    const { file } = address;
    const load = async (shared: AbortSignal) => {
      const schema = await new Reading(this.files, file, { signal: shared }).whole();
      return { schema, file };
    };
    return this.#found.get(file, load, signal);
  }
}

/** Reads one schema and what it needs. */
class Reading {
  #bytes = 0;

  constructor(
    private readonly files: SchemaFiles,
    private readonly file: string,
    private readonly options: CallOptions,
  ) {}

  async whole(): Promise<WholeSchema> {
    const bytes = await this.#read(this.file);
    if (!bytes) throw new SchemaError('not-found', phrase('there is no file {0}', this.file));
    if (/\.(?:protoset|desc|pb)$/i.test(this.file)) {
      return { type: 'PROTOBUF', text: '', imports: [], descriptors: bytes };
    }
    const text = this.#text(bytes, this.file);
    const type = typeOf(this.file);
    if (type === 'PROTOBUF') return { type, text, imports: await this.#protobufImports(text) };
    return { type, text, imports: type === 'AVRO' ? await this.#avroImports(text) : [] };
  }

  /** Each import after those that it imports itself. */
  async #protobufImports(text: string): Promise<WholeSchema['imports']> {
    const found = new Map<string, string>();
    const open = new Set<string>();
    const add = async (importing: string, importer: string): Promise<void> => {
      for (const name of protobufImports(importing)) {
        if (found.has(name)) continue;
        if (open.has(name)) throw invalid(phrase('{0} imports {1} in a circle', this.file, name));
        if (open.size + found.size >= MAX_IMPORTS)
          throw invalid(phrase('{0} imports too many files', this.file));
        open.add(name);
        const imported = await this.#firstOf(this.files.candidates(name, importer));
        // What is known everywhere, such as `google/protobuf/timestamp.proto`, needs no file.
        if (imported) {
          await add(imported.text, imported.path);
          found.set(name, imported.text);
        } else if (!name.startsWith('google/')) {
          throw invalid(phrase('{0} imports {1}, which is not there', this.file, name));
        }
        open.delete(name);
      }
    };
    await add(text, this.file);
    return [...found].map(([name, each]) => ({ name, text: each }));
  }

  /** The files beside this one that define names which it uses, each after those that it uses. */
  async #avroImports(text: string): Promise<WholeSchema['imports']> {
    const own = avroNames(text);
    if (own.missing.length === 0) return [];
    const definitions = new Map<string, Definition>();
    const paths = await this.files.siblings(this.file, '.avsc', this.options);
    for (const path of paths.slice(0, MAX_IMPORTS)) {
      const other = path === this.file ? '' : await this.#textBeside(path);
      const { defined, missing } = avroNames(other);
      for (const name of defined) definitions.set(name, { path, text: other, missing });
    }
    const found = new Map<string, string>();
    const open = new Set<string>();
    const add = (missing: readonly string[]): void => {
      for (const name of missing) {
        const definition = definitions.get(name);
        if (!definition)
          throw invalid(phrase('{0} uses {1}, which no file beside it defines', this.file, name));
        const { path } = definition;
        if (found.has(path)) continue;
        if (open.has(path)) throw invalid(phrase('{0} and {1} use each other', this.file, path));
        open.add(path);
        add(definition.missing);
        found.set(path, definition.text);
        open.delete(path);
      }
    };
    add(own.missing);
    return [...found].map(([name, each]) => ({ name, text: each }));
  }

  /** Returns the text of a file that may have nothing to do with the schema; '' if it has none. */
  async #textBeside(path: string): Promise<string> {
    try {
      const bytes = await this.#read(path);
      return bytes ? this.#text(bytes, path) : '';
    } catch (error) {
      if (error instanceof SchemaError) return '';
      throw error;
    }
  }

  async #firstOf(
    paths: readonly string[],
  ): Promise<{ readonly path: string; readonly text: string } | undefined> {
    for (const path of paths) {
      const bytes = await this.#read(path);
      if (bytes) return { path, text: this.#text(bytes, path) };
    }
    return undefined;
  }

  async #read(path: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#readWhole(path);
    this.#bytes += bytes?.length ?? 0;
    const isTooLarge = (bytes?.length ?? 0) > MAX_FILE_BYTES || this.#bytes > MAX_TOGETHER_BYTES;
    if (isTooLarge) throw invalid(phrase('{0} is too large for a schema', path));
    return bytes;
  }

  async #readWhole(path: string): Promise<Uint8Array | undefined> {
    try {
      return await this.files.read(path, this.options);
    } catch (error) {
      if (isAbortError(error) || error instanceof SchemaError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw invalid(phrase('{0} cannot be read: {1}', path, reason), { cause: error });
    }
  }

  #text(bytes: Uint8Array, path: string): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw invalid(phrase('{0} is not UTF-8', path));
    }
  }
}

function invalid(why: Phrase, options?: ErrorOptions): SchemaError {
  return new SchemaError('invalid', why, options);
}

/** A file that defines a name, and the names that it takes from others. */
interface Definition {
  readonly path: string;
  readonly text: string;
  readonly missing: readonly string[];
}

function typeOf(file: string): SchemaType {
  if (/\.proto$/i.test(file)) return 'PROTOBUF';
  return /\.json$/i.test(file) ? 'JSON' : 'AVRO';
}
