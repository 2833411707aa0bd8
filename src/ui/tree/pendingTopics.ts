import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ReadingProxy } from '../../core/kafka';

const firstLookMs = 1_000;
const longestPauseMs = 10_000;
const giveUpAfterMs = 120_000;

/**
 * Topics that were created but that the proxy's metadata does not show yet. HDInsight's proxy caches
 * it for up to half a minute, so this looks again, less and less often, until the topic is there.
 */
export class PendingTopics implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #pending = new Map<string, Set<string>>();
  readonly #disposed = new AbortController();

  /** Fires with the cluster whose pending topics changed. */
  readonly onDidChange = this.#changed.event;

  of(cluster: string): readonly string[] {
    return [...(this.#pending.get(cluster) ?? [])];
  }

  /** Shows the topic as being created until the proxy lists it, or two minutes have passed. */
  add(cluster: string, topic: string, proxy: ReadingProxy): void {
    const topics = this.#pending.get(cluster) ?? new Set();
    this.#pending.set(cluster, topics.add(topic));
    this.#changed.fire(cluster);
    this.#watch(topic, proxy).then(
      () => {
        topics.delete(topic);
        this.#changed.fire(cluster);
      },
      () => undefined, // disposed of
    );
  }

  async #watch(topic: string, proxy: ReadingProxy): Promise<void> {
    const { signal } = this.#disposed;
    const end = Date.now() + giveUpAfterMs;
    for (let pause = firstLookMs; Date.now() < end; pause = Math.min(pause * 2, longestPauseMs)) {
      await delay(pause, undefined, { signal });
      // A failed look says nothing about the topic; the next one may.
      const topics = await proxy.topics({ signal }).catch(() => []);
      signal.throwIfAborted();
      if (topics.some(({ name }) => name === topic)) return;
    }
  }

  dispose(): void {
    this.#disposed.abort();
    this.#changed.dispose();
  }
}
