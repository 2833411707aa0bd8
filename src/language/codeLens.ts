import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver-types';
import { oneLine } from '../core/text/visible';
import type { Catalog } from './catalog';
import { clusterNameOf, clusterOf } from './catalog';
import type { Block, KafkaFile } from '../kafkaFile/file';
import { findProperty } from '../kafkaFile/file';
import { parseEvery } from '../kafkaFile/values';

/** The commands of the lenses; all take one `BlockArgument`. */
export const BLOCK_COMMANDS = {
  /** Produces `count` messages (missing: one), or consumes. */
  run: 'kafkaRest.runBlock',
  /** Asks how many messages to produce. */
  runTimes: 'kafkaRest.runBlockTimes',
  /** Shows the messages before they are sent. */
  preview: 'kafkaRest.previewBlock',
  /** Produces repeatedly, as `every` says. */
  start: 'kafkaRest.startBlock',
  /** Stops what `start` or `follow` started. */
  stop: 'kafkaRest.stopBlock',
  /** Shows messages as they arrive. */
  follow: 'kafkaRest.followBlock',
  /** Picks the cluster for the file's blocks. */
  chooseCluster: 'kafkaRest.chooseCluster',
} as const;

/** Changes whether a cluster can be written to; takes its name as `cluster`. */
const PROTECT_CLUSTER = 'kafkaRest.protectCluster';

/** Identifies a block: the document, and the line of its keyword, counted from 0. */
export interface BlockArgument {
  readonly uri: string;
  readonly line: number;
  readonly count?: number;
}

/** VS Code's own command for the trust of a workspace. */
const MANAGE_TRUST = 'workbench.trust.manage';

/** Returns the lenses above each block. */
export function codeLenses(uri: string, file: KafkaFile, catalog: Catalog): CodeLens[] {
  if (!catalog.state.codeLens) return [];
  return file.blocks.flatMap((block) => {
    const argument: BlockArgument = { uri, line: block.line };
    const range = file.range(block.keyword);
    const lens = (title: string, command: string, more: Partial<BlockArgument> = {}): CodeLens => ({
      range,
      command: { title: oneLine(title), command, arguments: [{ ...argument, ...more }] },
    });
    if (!catalog.state.trusted) {
      return [
        {
          range,
          command: { title: l10n.t('Restricted Mode: blocks do not run'), command: MANAGE_TRUST },
        },
      ];
    }
    return [...actions(file, block, catalog, lens), clusterLens(file, block, catalog, lens)];
  });
}

type MakeLens = (title: string, command: string, more?: Partial<BlockArgument>) => CodeLens;

function actions(file: KafkaFile, block: Block, catalog: Catalog, lens: MakeLens): CodeLens[] {
  const running = catalog.state.running.includes(block.line);
  const cluster = clusterOf(file, block, catalog);
  if (block.kind === 'consumer') {
    if (cluster && !cluster.capabilities.read) {
      return [
        inert(file, block, l10n.t('The REST proxy of {0} cannot read messages', cluster.name)),
      ];
    }
    return [
      lens(l10n.t('Consume'), BLOCK_COMMANDS.run),
      running ? stopLens(block, lens) : lens(l10n.t('Follow'), BLOCK_COMMANDS.follow),
    ];
  }
  if (cluster && !cluster.capabilities.produce) {
    const reason = l10n.t('The REST proxy of {0} cannot produce messages', cluster.name);
    return [inert(file, block, reason), lens(l10n.t('Preview'), BLOCK_COMMANDS.preview)];
  }
  if (cluster?.protection === 'readOnly') {
    const { name } = cluster;
    return [
      {
        range: file.range(block.keyword),
        command: {
          title: l10n.t('{0} is read-only', name),
          command: PROTECT_CLUSTER,
          arguments: [{ cluster: name }],
        },
      },
      ...(running ? [stopLens(block, lens)] : []),
      lens(l10n.t('Preview'), BLOCK_COMMANDS.preview),
    ];
  }
  const every = findProperty(block, 'every')?.value.text ?? '';
  const scheduled = parseEvery(every) !== undefined;
  return [
    lens(l10n.t('Produce'), BLOCK_COMMANDS.run),
    lens(l10n.t('Produce x 10'), BLOCK_COMMANDS.run, { count: 10 }),
    lens(l10n.t('Produce...'), BLOCK_COMMANDS.runTimes),
    ...(running ? [stopLens(block, lens)] : []),
    ...(scheduled && !running
      ? [lens(l10n.t('Start every {0}', every), BLOCK_COMMANDS.start)]
      : []),
    lens(l10n.t('Preview'), BLOCK_COMMANDS.preview),
  ];
}

/** Returns the lens that stops a block, and says what it stops. */
function stopLens(block: Block, lens: MakeLens): CodeLens {
  const topic = findProperty(block, 'topic')?.value.text ?? '';
  const title =
    topic === ''
      ? l10n.t('Stop')
      : block.kind === 'consumer'
        ? l10n.t('Stop following {0}', topic)
        : l10n.t('Stop producing to {0}', topic);
  return lens(title, BLOCK_COMMANDS.stop);
}

/** Returns a lens that only shows a text. */
function inert(file: KafkaFile, block: Block, title: string): CodeLens {
  return { range: file.range(block.keyword), command: { title: oneLine(title), command: '' } };
}

/**
 * Returns the lens for a cluster. If the file names it, it cannot be picked, and the lens only
 * shows it.
 */
function clusterLens(file: KafkaFile, block: Block, catalog: Catalog, lens: MakeLens): CodeLens {
  const name = clusterNameOf(file, block, catalog) ?? l10n.t('Choose a cluster');
  const { protection } = clusterOf(file, block, catalog) ?? {};
  const title = protection === 'production' ? l10n.t('{0} (production)', name) : name;
  const made = lens(title, BLOCK_COMMANDS.chooseCluster);
  return file.clusterOf(block) ? inert(file, block, title) : made;
}
