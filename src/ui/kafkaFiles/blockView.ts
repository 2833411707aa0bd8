import type { View } from '../../core/read/view';
import type { ConsumerBlock } from '../../kafkaFile/parser';
import { toReadRequest } from '../../kafkaFile/run';
import { type Located, refusal } from './blocks';
import { timeContext, numberSetting, timeMargin } from '../base/settings';

/** A CONSUMER block, and the cluster that it reads from. */
interface ConsumerView extends Located {
  readonly block: ConsumerBlock;
  readonly cluster: string;
}

/** What a CONSUMER block shows. Its group is the name of the view, since nothing is committed. */
export function toView({ file, block, cluster }: ConsumerView, follow: boolean): View {
  const count = numberSetting('consume.count');
  const read = toReadRequest(block, {
    follow,
    count,
    timeContext: timeContext(),
    timeMargin: timeMargin(),
  });
  if (read.problems) throw refusal(file, read.problems);
  const { request, settings } = read;
  const group = settings.group.replace(/[^\w.-]+/g, '-');
  return {
    cluster,
    request,
    range: `${group && `@${group}`}${follow ? '@follow' : ''}` || '@block',
    formats: { key: settings.keyFormat, value: settings.valueFormat },
  };
}
