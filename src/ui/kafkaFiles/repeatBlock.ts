import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { KafkaProxy, NewRecord } from '../../core/kafka';
import { produceAll, type ProduceOutcome } from '../../core/produce/produceAll';
import type { ProducerBlock } from '../../kafkaFile/file';
import { toRecords } from '../../kafkaFile/run';
import { readProducer } from '../../kafkaFile/settings';
import { requireMessages } from '../produce/checkMessages';
import { describeOutcome, explainOutcome } from '../produce/produceOutcome';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { type FileClusters, type Located, locate, refusal } from './blocks';
import type { BlockSchemas } from './blockSchemas';
import { runOptions } from './runOptions';

/** How long to wait for messages that are on their way when their block is stopped. */
const GRACE_MS = 5000;

/** The cluster and topic that the person has agreed to produce to. */
export interface Agreed {
  readonly uri: vscode.Uri;
  readonly cluster: string;
  readonly topic: string | undefined;
  readonly proxy: KafkaProxy;
}

/** A block in its current state, and how many milliseconds to wait after each time. */
interface Repeating extends Located {
  readonly block: ProducerBlock;
  readonly every: number;
}

/** A block that produces repeatedly, as its `every` says. */
export class RepeatedBlock {
  #produced = 0;
  #doubt = '';

  /** `onProduced` is called after each time with the number of messages written so far. */
  constructor(
    private readonly agreed: Agreed,
    private readonly files: FileClusters,
    private readonly schemas: BlockSchemas,
    private readonly onProduced: (count: number) => void,
  ) {}

  /** How many messages were written. */
  get produced(): number {
    return this.#produced;
  }

  /**
   * Describes unclear messages in sentences, if the block was stopped before they were confirmed.
   */
  get doubt(): string {
    return this.#doubt;
  }

  /**
   * Produces until the signal aborts or the block no longer says how often. `line` returns the
   * current line of the block. Throws at the first message that is not written.
   */
  async run(signal: AbortSignal, line: () => number): Promise<void> {
    for (;;) {
      const now = await this.#locate(line());
      if (!now || !(await this.#sendOnce(now, signal))) return;
      await delay(now.every, undefined, { signal });
    }
  }

  /**
   * Returns the block in its current state, so that edits count, or `undefined` if it no longer
   * repeats.
   */
  async #locate(line: number): Promise<Repeating | undefined> {
    const { uri, topic, cluster } = this.agreed;
    const located = await locate({ uri: uri.toString(), line });
    const { block } = located;
    if (block.kind !== 'producer') return undefined;
    const { every, topic: named } = readProducer(block).settings;
    if (every === undefined) return undefined;
    if (named === topic && (this.files.ofBlock(located) ?? cluster) === cluster) {
      return { ...located, block, every };
    }
    throw new UserError(
      vscode.l10n.t('the block names another topic or cluster now'),
      vscode.l10n.t('Start it again'),
      runs(vscode.l10n.t('Start'), 'startBlock', { uri: uri.toString(), line }),
    );
  }

  /** Sends the messages of the block. Returns whether to continue. */
  async #sendOnce({ document, file, block }: Repeating, signal: AbortSignal): Promise<boolean> {
    const { proxy, cluster } = this.agreed;
    const decoding = this.schemas.of(document.uri, cluster);
    const run = { startIndex: this.#produced, signal, decoding };
    const made = await toRecords(block, await runOptions(block, proxy, run));
    if (made.problems) throw refusal(document, file, made.problems);
    const { topic, records } = made;
    const checked = requireMessages({ records }, proxy.capabilities);
    const outcome = await produceAll(proxy, topic, checked, { signal, graceMs: GRACE_MS });
    this.#produced += outcome.accepted.count;
    this.onProduced(this.#produced);
    if (outcome.accepted.count === records.length) return true;
    if (!signal.aborted) throw explainOutcome(outcome);
    this.#remember(outcome, topic, records);
    return false;
  }

  #remember(outcome: ProduceOutcome, topic: string, records: readonly NewRecord[]): void {
    const isSent = outcome.results.length > outcome.accepted.count;
    if (isSent) this.#doubt = describeOutcome(outcome, { ...this.agreed, topic }, records).text;
  }
}
