import { isTopicName } from '../core/text/topicName';
import type { Catalog } from './catalog';
import { UNKNOWN_STATE } from './catalog';
import type { FileState, PartitionInfo, SchemaAnswer, SchemaQuery, TopicInfo } from './protocol';

/** Asks the extension. A `null` or a rejection means that the facts could not be found out. */
export interface CatalogSource {
  fileState(uri: string): Promise<FileState>;
  topics(cluster: string): Promise<readonly TopicInfo[] | null>;
  partitions(cluster: string, topic: string): Promise<readonly PartitionInfo[] | null>;
  schema(uri: string, query: SchemaQuery): Promise<SchemaAnswer | null>;
  subjects(cluster: string): Promise<readonly string[] | null>;
  versions(cluster: string, subject: string): Promise<readonly number[] | null>;
  schemaFiles(uri: string): Promise<readonly string[] | null>;
}

/** How long a cluster's response counts as fresh, in milliseconds. Offsets change faster. */
const FRESH = { topics: 60_000, partitions: 5_000, schemas: 30_000 };
/** How many answers of a kind about schemas are kept: those of 100 checked files, and more. */
export const MAX_SCHEMAS = 250;
/** The time after which a request that failed is repeated, in milliseconds. */
const RETRY = 2_000;

interface Entry<T> {
  value: T | undefined;
  /** When to ask for it again. */
  staleAt: number;
  pending: Promise<void> | undefined;
}

/**
 * Caches the facts that the extension sent. A look-up never waits: it returns what is known, asks
 * for what is missing or old, and calls `onChange` when the response contains something new.
 */
export class CatalogCache {
  readonly #states = new Map<string, Entry<FileState>>();
  readonly #topics = new Map<string, Entry<readonly TopicInfo[]>>();
  readonly #partitions = new Map<string, Entry<readonly PartitionInfo[]>>();
  readonly #schemas = new Map<string, Entry<SchemaAnswer>>();
  readonly #subjects = new Map<string, Entry<readonly string[]>>();
  readonly #versions = new Map<string, Entry<readonly number[]>>();
  readonly #schemaFiles = new Map<string, Entry<readonly string[]>>();

  constructor(
    private readonly source: CatalogSource,
    private readonly onChange: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Returns what is known about one document. Requests that it starts are added to `pending`. */
  of(uri: string, pending: Promise<void>[] = []): Catalog {
    const known = <T>(entry: Entry<T>): T | undefined => {
      if (entry.pending) pending.push(entry.pending);
      return entry.value;
    };
    const state = known(this.#look(this.#states, uri, Infinity, () => this.source.fileState(uri)));
    return {
      state: state ?? UNKNOWN_STATE,
      topics: (cluster) => known(this.#lookTopics(cluster)),
      partitions: (cluster, topic) => known(this.#lookPartitions(cluster, topic)),
      schema: (query) =>
        known(this.#lookSchema(this.#schemas, [uri, query], () => this.source.schema(uri, query))),
      subjects: (cluster) =>
        known(this.#lookSchema(this.#subjects, cluster, () => this.source.subjects(cluster))),
      versions: (cluster, subject) =>
        known(
          this.#lookSchema(this.#versions, [cluster, subject], () =>
            this.source.versions(cluster, subject),
          ),
        ),
      schemaFiles: () =>
        known(this.#lookSchema(this.#schemaFiles, uri, () => this.source.schemaFiles(uri))),
    };
  }

  /**
   * As `of`, but waits for the document's state, and then for what `needs` looks up, at most
   * `limit` milliseconds in total.
   */
  async settled(uri: string, limit: number, needs?: (catalog: Catalog) => void): Promise<Catalog> {
    const deadline = Date.now() + limit;
    for (const step of [undefined, needs]) {
      const pending: Promise<void>[] = [];
      const catalog = this.of(uri, pending);
      step?.(catalog);
      if (pending.length > 0) await within(Promise.all(pending), deadline - Date.now());
    }
    return this.of(uri);
  }

  /** Asks for the states of documents again. The old states stay until the new ones arrive. */
  stateChanged(): void {
    for (const entry of this.#states.values()) entry.staleAt = -Infinity;
    this.onChange();
  }

  /** Forgets the topics of one cluster, or of all clusters. */
  topicsChanged(cluster?: string): void {
    for (const [name, entry] of this.#topics) {
      if (cluster === undefined || name === cluster) entry.staleAt = -Infinity;
    }
    this.#partitions.clear();
    this.onChange();
  }

  /** Forgets everything about schemas. */
  schemasChanged(): void {
    for (const map of [this.#schemas, this.#subjects, this.#versions, this.#schemaFiles]) {
      for (const entry of map.values()) entry.staleAt = -Infinity;
    }
    this.onChange();
  }

  forget(uri: string): void {
    this.#states.delete(uri);
  }

  #lookTopics(cluster: string): Entry<readonly TopicInfo[]> {
    return this.#look(this.#topics, cluster, FRESH.topics, async () => {
      const topics = await this.source.topics(cluster);
      // In a file, a name that no topic can have might be read as something else, such as a block.
      return topics && topics.filter(({ name }) => isTopicName(name));
    });
  }

  #lookPartitions(cluster: string, topic: string): Entry<readonly PartitionInfo[]> {
    const key = JSON.stringify([cluster, topic]);
    return this.#look(this.#partitions, key, FRESH.partitions, () =>
      this.source.partitions(cluster, topic),
    );
  }

  #lookSchema<T>(
    entries: Map<string, Entry<T>>,
    key: unknown,
    ask: () => Promise<T | null>,
  ): Entry<T> {
    const entry = this.#look(entries, JSON.stringify(key), FRESH.schemas, ask);
    // While a subject is typed, each of its beginnings is asked for.
    for (const oldest of entries.keys()) {
      if (entries.size <= MAX_SCHEMAS) break;
      entries.delete(oldest);
    }
    return entry;
  }

  #look<T>(
    entries: Map<string, Entry<T>>,
    key: string,
    fresh: number,
    ask: () => Promise<T | null>,
  ): Entry<T> {
    const entry = entries.get(key) ?? { value: undefined, staleAt: -Infinity, pending: undefined };
    // Last, so that those that were not used for longest come first.
    entries.delete(key);
    entries.set(key, entry);
    if (entry.pending || this.now() < entry.staleAt) return entry;
    entry.staleAt = this.now() + fresh;
    entry.pending = ask()
      .then((value) => value ?? undefined)
      .catch(() => undefined)
      .then((value) => {
        entry.pending = undefined;
        if (entry.staleAt === -Infinity)
          this.onChange(); // outdated before it arrived
        else if (value === undefined) entry.staleAt = this.now() + RETRY;
        if (value === undefined || JSON.stringify(value) === JSON.stringify(entry.value)) return;
        entry.value = value;
        this.onChange();
      });
    return entry;
  }
}

/** Waits for a promise, but no longer than `ms` milliseconds. */
async function within(promise: Promise<unknown>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, limit));
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
