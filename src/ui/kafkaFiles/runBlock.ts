import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ReadingProxy } from '../../core/kafka';
import { produceAll } from '../../core/produce/produceAll';
import type { BlockArgument } from '../../language/codeLens';
import type { ProducerBlock } from '../../kafkaFile/parser';
import { newSeed } from '../../kafkaFile/render';
import { loadFaker, needsFaker, previewOf, type RunOptions, toRecords } from '../../kafkaFile/run';
import { readProducer } from '../../kafkaFile/settings';
import { confirm, notify } from '../dialogs/notify';
import { toView } from './blockView';
import { blocksOfSelection, type FileClusters, type Located, locate, refusal } from './blocks';
import type { ClusterStore } from '../clusters/clusters';
import type { Consumer } from '../messages/consume';
import type { Follower } from '../messages/follow';
import { type WriteGrant, writeGrantsFor } from './writeGrants';
import type { Producer } from '../produce/produce';
import { describeOutcome } from '../produce/produceOutcome';
import { UserError } from '../words/report';
import type { RunningBlocks } from './runningBlocks';
import { templateSettings } from '../base/settings';
import { messages } from '../words/counts';
import { askText, back } from '../dialogs/wizard';

/** How long a message that is on its way when its block is stopped may take to arrive. */
const GRACE_MS = 5000;

/** A block, the cluster that it speaks to, and the way there. */
interface Ready extends Located {
  readonly cluster: string;
  readonly proxy: ReadingProxy;
}

/** Runs the blocks of `.kafka` files, by the same verbs as everything else. */
export class BlockRunner {
  constructor(
    private readonly clusters: ClusterStore,
    private readonly files: FileClusters,
    private readonly running: RunningBlocks,
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly follower: Follower,
  ) {}

  /** Produces or consumes as the block says. Returns whether all of it was done. */
  async run(argument: BlockArgument | undefined): Promise<boolean> {
    return this.#run(await locate(argument), argument?.count ?? 1);
  }

  /** Runs the blocks of the selection in order, and stops at the first that fails. */
  async runSelection(): Promise<void> {
    const all = blocksOfSelection();
    if (all.length === 0) await locate(undefined);
    const permit = writeGrantsFor(all, this.clusters, this.files);
    for (const { document, block } of all) {
      const located = await locate({ uri: document.uri.toString(), line: block.line });
      if (!(await this.#run(located, 1, permit))) return;
    }
  }

  /** Asks how many messages to produce, and produces them. */
  async runTimes(argument: BlockArgument | undefined): Promise<void> {
    const located = await locate(argument);
    const context = {
      title: vscode.l10n.t('Produce'),
      step: 1,
      totalSteps: 1,
      canGoBack: false,
    };
    const answer = await askText(context, {
      prompt: vscode.l10n.t('How many messages?'),
      value: '100',
      validate: (text) =>
        /^[1-9]\d{0,6}$/.test(text.trim())
          ? undefined
          : vscode.l10n.t('Enter a whole number from 1 to 9999999.'),
    });
    if (answer === undefined || answer === back) return;
    await this.#run(located, Number(answer));
  }

  /** Shows the message as it would be sent, and sends just that one if the person says so. */
  async preview(argument: BlockArgument | undefined): Promise<void> {
    const ready = await this.#ready(await locate(argument));
    const { file, block, cluster, proxy } = ready;
    if (block.kind !== 'producer') throw notAProducer();
    const made = previewOf(block, await runOptions(block, proxy));
    if ('problems' in made) throw refusal(file, made.problems);
    const { topic, key, value, record } = made.preview;
    const t = vscode.l10n.t;
    const produce = t('Produce This Message');
    const { protection } = this.clusters.require(cluster).definition;
    const sure = await confirm(
      'information',
      t('To {0} on {1}', topic, cluster),
      [
        t('Key: {0}', key ?? t('none')),
        t('Partition: {0}', record.partition ?? t('automatic')),
        '',
        value ?? t('null (a tombstone)'),
      ].join('\n'),
      protection === 'readOnly' ? undefined : produce,
    );
    if (sure) await this.producer.send(cluster, topic, [record]);
  }

  /**
   * Produces again and again, as `every` says, until it is stopped or fails: to the topic and cluster
   * that the person has agreed to.
   */
  async start(argument: BlockArgument | undefined): Promise<void> {
    const ready = await this.#ready(await locate(argument));
    const { document, block, cluster } = ready;
    if (block.kind !== 'producer') throw notAProducer();
    const { settings } = readProducer(block);
    if (settings.every === undefined) {
      throw new UserError(
        vscode.l10n.t('the block does not say how often'),
        vscode.l10n.t('Add a property such as every: 5s'),
      );
    }
    const { topic } = settings;
    const what = vscode.l10n.t('Go on producing to {0} on {1}', topic ?? '', cluster);
    const proxy = await this.clusters.toWrite(cluster, what);
    let produced = 0;
    let doubt = '';
    await this.running
      .run(document.uri, block.line, async (signal, line) => {
        for (;;) {
          // The block is read anew each time, so that what is edited counts from then on.
          const now = await locate({ uri: document.uri.toString(), line: line() });
          if (now.block.kind !== 'producer') return;
          const { every, topic: named } = readProducer(now.block).settings;
          if (every === undefined) return;
          if (named !== topic || (this.files.ofBlock(now) ?? cluster) !== cluster) {
            throw new UserError(
              vscode.l10n.t('the block names another topic or cluster now'),
              vscode.l10n.t('Start it again'),
            );
          }
          const options = await runOptions(now.block, proxy, { startIndex: produced });
          const made = toRecords(now.block, options);
          if (made.problems) throw refusal(now.file, made.problems);
          const outcome = await produceAll(proxy, made.topic, made.records, {
            signal,
            graceMs: GRACE_MS,
          });
          produced += outcome.accepted.count;
          if (outcome.accepted.count < made.records.length) {
            const { text } = describeOutcome(outcome, made.topic, made.records);
            if (signal.aborted) {
              if (outcome.results.length > outcome.accepted.count) doubt = text;
              return;
            }
            if (outcome.error) throw outcome.error;
            throw new UserError(text.replace(/\.$/, ''), vscode.l10n.t('The block was stopped'));
          }
          await delay(every, undefined, { signal });
        }
      })
      .finally(() => {
        if (produced > 0 || doubt) this.#tellStopped(cluster, produced, doubt);
      });
  }

  /** Stops a block; without one, all of them. */
  stop(argument: BlockArgument | undefined): void {
    if (argument) this.running.stop(vscode.Uri.parse(argument.uri, true), argument.line);
    else this.running.stop();
  }

  /** Shows the messages of a CONSUMER block as they come, until it is stopped or its tab closes. */
  async follow(argument: BlockArgument | undefined): Promise<void> {
    const ready = await this.#ready(await locate(argument));
    const { document, block, proxy } = ready;
    if (block.kind !== 'consumer') throw notAConsumer();
    const view = toView({ ...ready, block }, true);
    await this.running.run(document.uri, block.line, (signal) =>
      this.follower.follow(proxy, view, signal),
    );
  }

  /** `permit` gives the way to a cluster that several blocks of the run write to. */
  async #run(located: Located, count: number, permit?: WriteGrant): Promise<boolean> {
    const ready = await this.#ready(located);
    const { file, block, cluster, proxy } = ready;
    if (block.kind === 'consumer') return this.consumer.show(toView({ ...ready, block }, false));
    const made = toRecords(block, await runOptions(block, proxy, { count }));
    if (made.problems) throw refusal(file, made.problems);
    const permitted = await permit?.(cluster);
    const outcome = await this.producer.send(cluster, made.topic, made.records, permitted);
    return outcome.accepted.count === made.records.length;
  }

  async #ready(located: Located): Promise<Ready> {
    if (!vscode.workspace.isTrusted) {
      throw new UserError(
        vscode.l10n.t('this workspace is not trusted'),
        vscode.l10n.t('Trust it first: a block sends what its file says'),
      );
    }
    const cluster = await this.files.require(located);
    return { ...located, cluster, proxy: await this.clusters.ready(cluster) };
  }

  /** `doubt` says what became of the last messages, where not all is well with them. */
  #tellStopped(cluster: string, produced: number, doubt: string): void {
    const stopped = vscode.l10n.t('Stopped after {0} to {1}.', messages(produced), cluster);
    void notify(doubt ? 'warning' : 'information', `${stopped} ${doubt}`.trimEnd());
  }
}

function notAProducer(): UserError {
  return new UserError(
    vscode.l10n.t('this is not a PRODUCER block'),
    vscode.l10n.t('Put the cursor into one'),
  );
}

function notAConsumer(): UserError {
  return new UserError(
    vscode.l10n.t('this is not a CONSUMER block'),
    vscode.l10n.t('Put the cursor into one'),
  );
}

async function runOptions(
  block: ProducerBlock,
  { capabilities }: ReadingProxy,
  run: Pick<RunOptions, 'count' | 'startIndex'> = {},
): Promise<RunOptions> {
  const { enabled, locale } = templateSettings();
  return {
    capabilities,
    seed: newSeed(),
    templates: enabled,
    env: (name) => process.env[name],
    ...(enabled && needsFaker(block) && { faker: await loadFaker(locale) }),
    ...run,
  };
}
