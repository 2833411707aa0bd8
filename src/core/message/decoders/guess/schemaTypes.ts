import type { CallOptions } from '../../../kafka';
import { type SchemaAddress, SchemaError } from '../../../schemaRegistry/lookup';
import type { SchemaType } from '../../../schemaRegistry/schema';
import type { DecoderContext } from '../decoder';

/** There are never as many schemas in a topic; addresses that are made up are forgotten. */
const MAX_KNOWN = 10_000;

type Known = SchemaType | SchemaError | undefined;

/** What types the schemas have that messages name. */
export class SchemaTypes {
  readonly #known = new Map<string, Known>();

  constructor(private readonly context: DecoderContext) {}

  /**
   * Asks for the schemas that are not known yet, each once. That one is not to be had is remembered
   * where it is asked for, and only there, so that it can be forgotten. Rejects only with the reason
   * of the signal.
   */
  async learn(addresses: readonly SchemaAddress[], options: CallOptions): Promise<void> {
    const wanted = new Map<string, SchemaAddress>();
    for (const address of addresses) {
      const name = nameOf(address);
      if (typeof this.#known.get(name) !== 'string') wanted.set(name, address);
    }
    if (this.#known.size + wanted.size > MAX_KNOWN) this.#known.clear();
    await Promise.all(
      [...wanted].map(async ([name, address]) => {
        this.#known.set(name, await this.#ask(address, options));
      }),
    );
  }

  /** Returns what `learn` has learned; `undefined` if there is nowhere to ask. */
  of(address: SchemaAddress): Known {
    return this.#known.get(nameOf(address));
  }

  async #ask(address: SchemaAddress, options: CallOptions): Promise<Known> {
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
