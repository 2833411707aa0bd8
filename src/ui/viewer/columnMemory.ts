import type { Memento } from 'vscode';
import { known, object, string } from '../../core/schema';
import { remember } from '../base/remember';
import { columnLayout, type ColumnLayout, defaultColumns } from '../../viewer/columns';
import { isField } from '../../viewer/fieldColumn';

/** The last arrangement of the columns that every topic has. */
const COMMON = 'kafkaRest.viewer.columns';
/** The arrangements of topics that have columns of fields, the newest first. */
const BY_TOPIC = 'kafkaRest.viewer.topicColumns';
const MAX_TOPICS = 200;

const arranged = known(object({ cluster: string, topic: string, columns: columnLayout }));

/** Remembers how columns are arranged: for each topic with columns of fields, and for all others. */
export class ColumnMemory {
  constructor(private readonly state: Memento) {}

  layoutOf(cluster: string, topic: string): ColumnLayout {
    const own = this.#topics.find((each) => each.cluster === cluster && each.topic === topic);
    return own?.columns ?? columnLayout(this.state.get(COMMON)) ?? defaultColumns;
  }

  async remember(cluster: string, topic: string, columns: ColumnLayout): Promise<void> {
    const others = this.#topics.filter((each) => each.cluster !== cluster || each.topic !== topic);
    const isOwn = others.length < this.#topics.length || Boolean(columns.fields?.length);
    if (isOwn) {
      const all = [{ cluster, topic, columns }, ...others].slice(0, MAX_TOPICS);
      await remember(this.state, BY_TOPIC, all);
    }
    await remember(this.state, COMMON, withoutFields(columns));
  }

  get #topics() {
    return arranged(this.state.get(BY_TOPIC)) ?? [];
  }
}

function withoutFields({ hidden, widths, order = [] }: ColumnLayout): ColumnLayout {
  return {
    hidden: hidden.filter((column) => !isField(column)),
    widths: Object.fromEntries(Object.entries(widths).filter(([column]) => !isField(column))),
    ...(order.length > 0 && { order: order.filter((column) => !isField(column)) }),
  };
}
