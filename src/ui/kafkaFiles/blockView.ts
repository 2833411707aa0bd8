import type { View } from '../../core/read/view';
import { type ConsumerBlock, findProperty } from '../../kafkaFile/file';
import { toReadRequest } from '../../kafkaFile/readRequest';
import { type Located, refusal } from './blocks';
import { timeContext, numberSetting, timeMargin } from '../base/settings';

/** A CONSUMER block, and the cluster that it reads from. */
interface ConsumerView extends Located {
  readonly block: ConsumerBlock;
  readonly cluster: string;
}

/**
 * Returns the view of a CONSUMER block. Its group is only the name of the view, because nothing is
 * committed.
 */
export function toView({ document, file, block, cluster }: ConsumerView, follow: boolean): View {
  const count = numberSetting('consume.count');
  const read = toReadRequest(block, {
    follow,
    count,
    timeContext: timeContext(),
    timeMargin: timeMargin(),
  });
  if (read.problems) throw refusal(document, file, read.problems);
  const { request, settings } = read;
  const group = settings.group.replace(/[^\w.-]+/g, '-');
  return {
    cluster,
    request,
    range: `${group && `@${group}`}${follow ? '@follow' : ''}` || '@block',
    formats: {
      ...(findProperty(block, 'key-format') && { key: settings.keyFormat }),
      ...(findProperty(block, 'value-format') && { value: settings.valueFormat }),
    },
  };
}
