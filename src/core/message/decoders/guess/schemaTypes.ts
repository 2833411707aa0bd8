import type { CallOptions } from '../../../kafka';
import { type SchemaAddress, SchemaError } from '../../../schemaRegistry/lookup';
import type { SchemaType } from '../../../schemaRegistry/schema';
import type { DecoderContext } from '../decoder';

/** How long it is remembered that a schema is not to be had. */
const RETRY_MS = 5000;
/** There are never as many schemas in a topic; addresses that are made up are forgotten. */
const MAX_KNOWN = 10_000;

interface Known {
  readonly type: SchemaType | SchemaError | undefined;
  readonly until: number;
}

/** What types the schemas have that messages name. */
export class SchemaTypes {
  readonly #known = new Map<string, Known>();

  constructor(private readonly context: DecoderContext) {}

  /**
   * Asks for the schemas that are not known yet, each once. Rejects only with the reason of the
   * signal.
   */
  async learn(addresses: readonly SchemaAddress[], options: CallOptions): Promise<void> {
    const now = performance.now();
    const wanted = new Map<string, SchemaAddress>();
    for (const address of addresses) {
      const name = nameOf(address);
      if ((this.#known.get(name)?.until ?? 0) <= now) wanted.set(name, address);
    }
    if (this.#known.size + wanted.size > MAX_KNOWN) this.#known.clear();
    await Promise.all(
      [...wanted].map(async ([name, address]) => {
        const type = await this.#ask(address, options);
        const until = typeof type === 'string' ? Infinity : performance.now() + RETRY_MS;
        this.#known.set(name, { type, until });
      }),
    );
  }

  /** Returns what `learn` has learned; `undefined` if there is nowhere to ask. */
  of(address: SchemaAddress): SchemaType | SchemaError | undefined {
    return this.#known.get(nameOf(address))?.type;
  }

  async #ask(address: SchemaAddress, options: CallOptions): Promise<Known['type']> {
    const { schemas, topic, part } = this.context;
    try {
      return (await schemas?.find(address, { topic, part }, options))?.schema.type;
    } catch (error) {
      if (error instanceof SchemaError) return error;
      throw error;
    }
  }
}

function nameOf(address: SchemaAddress): string {
  return JSON.stringify(address);
}
