import type { ReadingProxy } from '../../core/kafka';
import type { ProducerBlock } from '../../kafkaFile/file';
import { newSeed } from '../../kafkaFile/render';
import { loadFaker, needsFaker, type RunOptions } from '../../kafkaFile/run';
import { templateSettings } from '../base/settings';

/** Returns how a block is turned into messages for a cluster, according to the settings. */
export async function runOptions(
  block: ProducerBlock,
  { capabilities }: Pick<ReadingProxy, 'capabilities'>,
  run: Pick<RunOptions, 'count' | 'decoding' | 'startIndex' | 'signal'> = {},
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
