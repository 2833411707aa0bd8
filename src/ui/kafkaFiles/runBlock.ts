import * as vscode from 'vscode';
import type { ReadingProxy, RecordHeader } from '../../core/kafka';
import { headerText } from '../../core/message/headers';
import type { BlockArgument } from '../../language/codeLens';
import { previewOf, toRecords } from '../../kafkaFile/run';
import { readProducer } from '../../kafkaFile/settings';
import { confirm, notify } from '../dialogs/notify';
import { showResult } from '../dialogs/result';
import { toView } from './blockView';
import { blocksOfSelection, type FileClusters, type Located, locate, refusal } from './blocks';
import type { Connections } from '../clusters/connections';
import type { Consumer } from '../messages/consume';
import type { Follower } from '../messages/follow';
import { type WriteGrant, writeGrantsFor } from './writeGrants';
import { requireMessages } from '../produce/checkMessages';
import type { Producer } from '../produce/produce';
import { RepeatedBlock } from './repeatBlock';
import { UserError } from '../words/report';
import { sentences } from '../words/sentences';
import type { RunningBlocks } from './runningBlocks';
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
    private readonly running: RunningBlocks,
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly follower: Follower,
  ) {}

  /** Produces or consumes as the block says. Returns whether it finished completely. */
  async run(argument: BlockArgument | undefined): Promise<boolean> {
    return this.#run(await locate(argument), argument?.count ?? 1);
  }

  /** Runs the blocks of the selection in order, and stops at the first one that fails. */
  async runSelection(): Promise<void> {
    const all = blocksOfSelection();
    if (all.length === 0) await locate(undefined);
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
    const { file, block, cluster, proxy } = ready;
    if (block.kind !== 'producer') throw notAProducer();
    const made = await previewOf(block, await runOptions(block, proxy));
    if ('problems' in made) throw refusal(file, made.problems);
    const { topic, key, value, record } = made.preview;
    const t = vscode.l10n.t;
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
    const checked = requireMessages({ records: [record] }, proxy.capabilities);
    await this.producer.send(cluster, topic, checked);
  }

  /**
   * Produces repeatedly, as `every` says, until it is stopped or fails. Writes only to the topic
   * and cluster that the person has agreed to.
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
    const proxy = await this.connections.toWrite(cluster, what);
    const repeated = new RepeatedBlock({ uri: document.uri, cluster, topic, proxy }, this.files);
    await this.running
      .run(document.uri, block.line, (signal, line) => repeated.run(signal, line))
      .finally(() => {
        tellStopped(cluster, topic ?? '', repeated);
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
    const ready = await this.#ready(await locate(argument));
    const { document, block, proxy } = ready;
    if (block.kind !== 'consumer') throw notAConsumer();
    const view = toView({ ...ready, block }, true);
    await this.running.run(document.uri, block.line, (signal) =>
      this.follower.follow(proxy, view, signal),
    );
  }

  /** `grant` returns the proxy of a cluster that several blocks of the run write to. */
  async #run(located: Located, count: number, grant?: WriteGrant): Promise<boolean> {
    const ready = await this.#ready(located);
    const { file, block, cluster, proxy } = ready;
    if (block.kind === 'consumer') return this.consumer.show(toView({ ...ready, block }, false));
    const made = await toRecords(block, await runOptions(block, proxy, { count }));
    if (made.problems) throw refusal(file, made.problems);
    const { topic, records } = made;
    const checked = requireMessages({ records }, proxy.capabilities);
    const granted = await grant?.(cluster);
    const outcome = await this.producer.send(cluster, topic, checked, { granted });
    return outcome.accepted.count === records.length;
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
    return { ...located, cluster, proxy: await this.connections.ready(cluster) };
  }
}

function tellStopped(cluster: string, topic: string, { produced, doubt }: RepeatedBlock): void {
  if (produced === 0 && !doubt) return;
  const t = vscode.l10n.t;
  const stopped = t('Stopped after {0} to {1} on {2}', messages(produced), topic, cluster);
  if (doubt) void notify('warning', sentences(stopped, doubt));
  else showResult(sentences(stopped));
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

function describeHeader({ value }: RecordHeader): string {
  if (value === null) return 'null';
  return headerText(value) ?? `0x${Buffer.from(value).toString('hex')}`;
}
