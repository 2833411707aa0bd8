import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { ClusterDefinition } from '../../core/cluster/definition';
import type { ReadingProxy } from '../../core/kafka';
import type { TopicChanges } from '../clusters/topicChanges';

const FIRST_LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const GIVE_UP_AFTER_MS = 120_000;

/**
 * Topics that were created but that the proxy's metadata does not show yet, because it lags behind.
 * This asks again at growing intervals until the topic is listed.
 */
export class PendingTopics implements vscode.Disposable {
  readonly #changes: Pick<TopicChanges, 'tell'>;
  /** A definition that has changed is another object, and begins without pending topics. */
  readonly #pending = new WeakMap<ClusterDefinition, Set<string>>();
  readonly #disposed = new AbortController();

  /** `changes` is notified whenever a topic becomes pending or stops being pending. */
  constructor(changes: Pick<TopicChanges, 'tell'>) {
    this.#changes = changes;
  }

  of(cluster: ClusterDefinition): readonly string[] {
    return [...(this.#pending.get(cluster) ?? [])];
  }

  /**
   * Shows the topic as being created until the proxy lists it, or two minutes have passed. Where
   * the metadata does not lag, it is listed already.
   */
  add(definition: ClusterDefinition, topic: string, proxy: ReadingProxy): void {
    const { name: cluster } = definition;
    if (!proxy.capabilities.metadataLags) {
      this.#changes.tell({ cluster });
      return;
    }
    const topics = this.#pending.get(definition) ?? new Set();
    this.#pending.set(definition, topics.add(topic));
    this.#changes.tell({ cluster });
    this.#watch(topic, proxy).then(
      () => {
        topics.delete(topic);
        this.#changes.tell({ cluster });
      },
      () => undefined, // disposed of
    );
  }

  async #watch(topic: string, proxy: ReadingProxy): Promise<void> {
    const { signal } = this.#disposed;
    const end = Date.now() + GIVE_UP_AFTER_MS;
    for (
      let pause = FIRST_LOOK_MS;
      Date.now() < end;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    ) {
      await delay(pause, undefined, { signal });
      // A failed request says nothing about the topic; the next one may succeed.
      const topics = await proxy.topics({ signal }).catch(() => []);
      signal.throwIfAborted();
      if (topics.some(({ name }) => name === topic)) return;
    }
  }

  dispose(): void {
    this.#disposed.abort();
  }
}
