import * as vscode from 'vscode';
import type { ReadingProxy } from '../../core/kafka';
import type { ConsumerBlock, ProducerBlock } from '../../kafkaFile/file';
import type { BlockArgument } from '../../language/codeLens';
import { previewOf, toRecords } from '../../kafkaFile/run';
import { readProducer } from '../../kafkaFile/settings';
import { confirm } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import type { BlockOutcomes } from './blockOutcomes';
import type { BlockSchemas } from './blockSchemas';
import { toView } from './blockView';
import {
  blocksOfSelection,
  type FileClusters,
  type Located,
  locate,
  notAConsumer,
  notAProducer,
  refusal,
} from './blocks';
import type { Connections } from '../clusters/connections';
import type { Consumer } from '../messages/consume';
import type { Follower } from '../messages/follow';
import { type WriteGrant, writeGrantsFor } from './writeGrants';
import { requireMessages } from '../produce/checkMessages';
import type { Producer } from '../produce/produce';
import {
  type BlockTarget,
  consumedOutcome,
  describeHeader,
  partlyConsumedOutcome,
  runningOutcome,
  stoppedOutcome,
} from './outcomeWords';
import { RepeatedBlock } from './repeatBlock';
import { ReportedRun, type Rerun } from './reportedRun';
import { UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import type { RunningBlocks } from './runningBlocks';
import { tellStopped } from './tellStopped';
import { uncarriedBlocks } from './uncarriedBlocks';
import { runOptions } from './runOptions';
import { messages } from '../words/counts';
import { askText } from '../dialogs/questions';
import { back, onlyStep } from '../dialogs/wizard';

/** A block, its cluster, and the proxy of that. */
interface Ready extends Located {
  readonly cluster: string;
  readonly proxy: ReadingProxy;
}

/** Runs the blocks of `.kafka` files, with the same code as all other commands. */
export class BlockRunner {
  constructor(
    private readonly connections: Connections,
    private readonly files: FileClusters,
    private readonly schemas: BlockSchemas,
    private readonly running: RunningBlocks,
    private readonly outcomes: BlockOutcomes,
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly follower: Follower,
    private readonly reporter: Reporter,
  ) {}

  /** Produces or consumes as the block says. Returns whether it finished completely. */
  async run(argument: BlockArgument | undefined): Promise<boolean> {
    return this.#run(await locate(argument), argument?.count ?? 1);
  }

  /**
   * Runs the blocks of the selection in order, and stops at the first one that fails. Runs none of
   * them if there are some that their clusters cannot carry: then offers to run the others.
   */
  async runSelection(): Promise<void> {
    const all = blocksOfSelection();
    if (all.length === 0) await locate(undefined);
    if (all.length > 1 && vscode.workspace.isTrusted) await this.#refuseUncarried(all);
    await this.#runAll(all);
  }

  /** Throws the first reason why a block of several cannot be carried, and shows each beside it. */
  async #refuseUncarried(all: readonly Located[]): Promise<void> {
    const runOthers = (others: readonly Located[]) => this.#runAll(others);
    const found = await uncarriedBlocks(all, this.connections, this.files, runOthers);
    for (const { located, error } of found.toReversed()) {
      const isFirst = located === found[0]?.located;
      const refused = this.#reported(located, { command: 'runBlock' }, () => Promise.reject(error));
      await (isFirst ? refused : refused.catch(() => undefined));
    }
  }

  async #runAll(all: readonly Located[]): Promise<void> {
    const grant = writeGrantsFor(all, this.connections, this.files);
    for (const { document, block } of all) {
      const located = await locate({ uri: document.uri.toString(), line: block.line });
      if (!(await this.#run(located, 1, grant))) return;
    }
  }

  /** Asks how many messages to produce, and produces them. */
  async runTimes(argument: BlockArgument | undefined): Promise<void> {
    const located = await locate(argument);
    const context = onlyStep(vscode.l10n.t('Produce'));
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

  /** Shows the message as it would be sent, and sends exactly that one if the person agrees. */
  async preview(argument: BlockArgument | undefined): Promise<void> {
    const ready = await this.#ready(await locate(argument));
    const { document, file, block, cluster, proxy } = ready;
    if (block.kind !== 'producer') throw notAProducer();
    const t = vscode.l10n.t;
    const options = await this.#options(ready, block);
    const made = await withProgress(t('Making the message'), (signal) =>
      previewOf(block, { ...options, signal }),
    );
    if ('problems' in made) throw refusal(document, file, made.problems);
    const { topic, key, value, record } = made.preview;
    const produce = t('Produce This Message');
    const { protection } = this.connections.clusters.require(cluster).definition;
    const sure = await confirm(
      'information',
      t('To {0} on {1}', topic, cluster),
      [
        t('Key: {0}', key ?? t('none')),
        t('Partition: {0}', record.partition ?? t('automatic')),
        ...(record.timestamp === undefined
          ? []
          : [t('Timestamp: {0}', new Date(record.timestamp).toISOString())]),
        ...(record.headers ?? []).map((header) =>
          t('Header {0}: {1}', header.name, describeHeader(header)),
        ),
        '',
        value ?? t('null (a tombstone)'),
      ].join('\n'),
      protection === 'readOnly' ? undefined : produce,
    );
    if (!sure) return;
    await this.#reported(ready, { command: 'runBlock' }, (run) => {
      const checked = requireMessages({ records: [record] }, proxy.capabilities);
      const view = run.sendView(this.#target(cluster, topic));
      return this.producer.send(cluster, topic, checked, { view });
    });
  }

  /**
   * Produces repeatedly, as `every` says, until it is stopped or fails. Writes only to the topic
   * and cluster that the person has agreed to.
   */
  async start(argument: BlockArgument | undefined): Promise<void> {
    const located = await locate(argument);
    await this.#reported(located, { command: 'startBlock' }, async (run) => {
      const { document, block, cluster, proxy: reading } = await this.#ready(located);
      const t = vscode.l10n.t;
      if (block.kind !== 'producer') throw notAProducer();
      const { every, topic = '' } = readProducer(block).settings;
      const target = this.#target(cluster, topic);
      run.isAbout(target, reading.capabilities);
      if (every === undefined) {
        throw new UserError(
          t('the block does not say how often'),
          t('Add a property such as every: 5s'),
        );
      }
      const what = t('Go on producing to {0} on {1}', topic, cluster);
      const proxy = await this.connections.toWrite(cluster, what);
      const agreed = { uri: document.uri, cluster, topic, proxy };
      const repeated = new RepeatedBlock(agreed, this.files, this.schemas, (count) => {
        run.showRunning(t('producing to {0}: {1} so far', topic, messages(count)));
      });
      const name = t('Producing to {0}', topic);
      await this.running
        .run(document.uri, block.line, name, (signal, line) => repeated.run(signal, line))
        .finally(() => {
          tellStopped(run, target, repeated);
        });
    });
  }

  /** Stops a block, or all blocks if none is given. */
  stop(argument: BlockArgument | undefined): void {
    if (argument) this.running.stop(vscode.Uri.parse(argument.uri, true), argument.line);
    else this.running.stop();
  }

  /**
   * Shows the messages of a CONSUMER block as they arrive, until it is stopped or its tab closes.
   */
  async follow(argument: BlockArgument | undefined): Promise<void> {
    const located = await locate(argument);
    await this.#reported(located, { command: 'followBlock' }, async (run) => {
      const ready = await this.#ready(located);
      const { document, block, cluster, proxy } = ready;
      if (block.kind !== 'consumer') throw notAConsumer();
      const t = vscode.l10n.t;
      const decoding = this.schemas.of(document.uri, cluster);
      const view = await toView({ ...ready, block }, true, decoding);
      const { topic } = view.request;
      const target = this.#target(cluster, topic);
      run.isAbout(target, proxy.capabilities);
      let received: number | undefined;
      run.showRunning(t('following {0}', topic));
      await this.running.run(document.uri, block.line, t('Following {0}', topic), (signal) =>
        this.follower.follow(proxy, view, signal, (count) => {
          received = count;
          run.showRunning(t('following {0}: {1} so far', topic, messages(count)));
        }),
      );
      run.show(received === undefined ? undefined : stoppedOutcome(target, received));
    });
  }

  /** `grant` returns the proxy of a cluster that several blocks of the run write to. */
  async #run(located: Located, count: number, grant?: WriteGrant): Promise<boolean> {
    return this.#reported(located, { command: 'runBlock', count }, async (run) => {
      const ready = await this.#ready(located);
      const { document, file, block, cluster, proxy } = ready;
      if (block.kind === 'consumer') return this.#consume({ ...ready, block }, run);
      const options = await this.#options(ready, block, count);
      const title = vscode.l10n.t('Making the messages');
      const made = await withProgress(title, (signal) => toRecords(block, { ...options, signal }));
      if (made.problems) throw refusal(document, file, made.problems);
      const { topic, records, format } = made;
      const checked = requireMessages({ records }, proxy.capabilities);
      const granted = await grant?.(cluster);
      const schema = await this.schemas.nameOf(document.uri, cluster, topic, format);
      const target = { ...this.#target(cluster, topic), schema };
      run.isAbout(target, proxy.capabilities);
      const view = run.sendView(target);
      const outcome = await this.producer.send(cluster, topic, checked, { granted, view });
      return outcome.accepted.count === records.length;
    });
  }

  async #consume(
    ready: Ready & { readonly block: ConsumerBlock },
    run: ReportedRun,
  ): Promise<boolean> {
    const decoding = this.schemas.of(ready.document.uri, ready.cluster);
    const view = await toView(ready, false, decoding);
    const { topic } = view.request;
    const target = this.#target(ready.cluster, topic);
    run.isAbout(target, ready.proxy.capabilities);
    const { count, failure } = await this.consumer.show(view, undefined, ({ records }) => {
      run.show(runningOutcome(vscode.l10n.t('reading {0}: {1}', topic, messages(records))));
    });
    const isComplete = failure === undefined;
    if (count === undefined) run.show(undefined);
    else if (isComplete) run.show(consumedOutcome(target, count));
    else run.show(partlyConsumedOutcome(count, failure, run.afterFailure(failure)));
    return isComplete;
  }

  #target(cluster: string, topic: string): BlockTarget {
    const { protection } = this.connections.clusters.require(cluster).definition;
    return { cluster, topic, protection };
  }

  #reported<T>(located: Located, rerun: Rerun, task: (run: ReportedRun) => Promise<T>): Promise<T> {
    return ReportedRun.do(located, this.outcomes, rerun, this.reporter, task);
  }

  #options({ document, cluster, proxy }: Ready, block: ProducerBlock, count = 1) {
    const decoding = this.schemas.of(document.uri, cluster);
    return runOptions(block, proxy, { count, decoding });
  }

  async #ready(located: Located): Promise<Ready> {
    if (!vscode.workspace.isTrusted) {
      throw new UserError(
        vscode.l10n.t('this workspace is not trusted'),
        vscode.l10n.t('Trust it first, because a block sends what its file says'),
        'manageTrust',
      );
    }
    const cluster = await this.files.require(located);
    const proxy = await this.connections.ready(cluster);
    await this.schemas.ready(cluster, located.block);
    return { ...located, cluster, proxy };
  }
}
