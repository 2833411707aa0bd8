import * as vscode from 'vscode';
import type { KafkaRecord, NewRecord } from '../../core/kafka';
import { editableTexts } from '../../core/produce/editableTexts';
import { producerBlock } from '../../kafkaFile/blockText';
import type { Decoding } from '../decoding/decoding';
import { withProgress } from '../dialogs/progress';
import type { Picked } from '../messages/view';

/** Blocks that produce messages again. */
export interface MessageBlocks {
  readonly blocks: readonly string[];
  /** Whether one of them holds a text that is encoded when it runs. */
  readonly isEncoded: boolean;
}

/** What blocks say of a message besides its content. */
interface BlockOptions {
  /** Whether it goes to the partition that it is in. */
  readonly keepPartition?: boolean;
}

/** Returns a block for each message, as it was read. */
export function blocksAsRead(
  { topic, records }: Picked,
  options: BlockOptions = {},
): MessageBlocks {
  const blocks = records.map(({ raw }) => producerBlock(topic, again(raw, options)));
  return { blocks, isEncoded: false };
}

/**
 * Returns a block for each message. What is shown decoded is a text with its format, if that
 * certainly becomes the same bytes; all else is as it was read.
 */
export async function messageBlocks(
  decoding: Decoding,
  picked: Picked,
  options: BlockOptions = {},
): Promise<MessageBlocks> {
  const { cluster, topic, formats, records } = picked;
  if (!records.some(({ shown }) => shown)) return blocksAsRead(picked, options);
  const context = decoding.contextOf(cluster, topic);
  const title = vscode.l10n.t('Comparing what was decoded with its bytes');
  const found = await withProgress(title, (signal) =>
    editableTexts(records, formats, context, { signal }),
  );
  return {
    blocks: records.map(({ raw }, index) => {
      const texts = found[index];
      return producerBlock(topic, again(raw, options), texts && { texts });
    }),
    isEncoded: found.some(({ key, value }) => key ?? value),
  };
}

function again(
  { key, value, partition, headers }: KafkaRecord,
  { keepPartition = false }: BlockOptions,
): NewRecord {
  return { key, value, ...(keepPartition && { partition }), ...(headers && { headers }) };
}
