import { KafkaError } from '../../../../src/core/errors';
import type { ReadingProxy } from '../../../../src/core/kafka';
import { wait } from '../../../../src/core/async/wait';
import { follow } from '../../../../src/core/read/follow';
import { openReader, type Reader, type ReadRequest } from '../../../../src/core/read/reader';
import { readOn } from '../../../../src/core/read/request';

/** How long a person waits after a failure, in milliseconds. */
const PAUSE_MS = 100;

/** A topic that is followed from its beginning, through all failures. */
export class Followed {
  /** Each record as `partition offset value`, in the order in which they came. */
  readonly lines: string[] = [];
  /** The kinds of the failures after which it went on. */
  readonly failures: string[] = [];
  readonly #stop = new AbortController();
  readonly #over: Promise<void>;

  constructor(proxy: ReadingProxy, topic: string) {
    this.#over = this.#run(proxy, { topic, from: { at: 'earliest' } });
  }

  /** Ends it. Rejects with what must not be. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  async #run(proxy: ReadingProxy, first: ReadRequest): Promise<void> {
    const { signal } = this.#stop;
    const isOver = (): boolean => signal.aborted;
    let request = first;
    while (!isOver()) {
      let reader: Reader | undefined;
      try {
        const opened = (next: Reader): void => {
          reader = next;
        };
        const beginning = await openReader(proxy, request, { signal });
        opened(beginning);
        for await (const batch of follow(proxy, request, beginning, { signal, opened })) {
          for (const { partition, offset, value } of batch) {
            this.lines.push(`${partition} ${offset} ${String(value)}`);
          }
        }
      } catch (error) {
        if (isOver()) return;
        if (!(error instanceof KafkaError)) throw error;
        this.failures.push(error.kind);
      }
      if (reader) request = readOn(request, reader.position);
      await wait(PAUSE_MS, signal).catch(() => undefined);
    }
  }
}
