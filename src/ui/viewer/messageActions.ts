import * as vscode from 'vscode';
import { formats } from '../../core/message/format';
import type { KafkaRecord, Offset } from '../../core/kafka';
import { FirstMessages } from '../../core/message/text';
import { payloadText } from '../../core/message/parse';
import {
  type MessageDocument,
  type MessageDocuments,
  messageUri,
} from '../messages/messageDocuments';
import { describeDecodeProblem } from '../words/decodeProblem';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { messages } from '../words/counts';
import type { Picked } from '../messages/view';

/** The maximum number of messages in an editable document. *Copy Messages to Topic* takes more. */
const MAX_BLOCKS = 1_000;

/** Opens an editable document that produces messages, with one block for each. */
export type OpenBlocks = (picked: Picked) => Promise<void>;

/** The actions on messages that were selected in a viewer. */
export class MessageActions {
  constructor(
    private readonly documents: MessageDocuments,
    private readonly openBlocks: OpenBlocks,
  ) {}

  /** Opens messages in a read-only document. */
  async open(picked: Picked): Promise<void> {
    await this.documents.show(toDocument(picked));
  }

  /** Shows how two messages differ, the earlier one on the left. */
  async compare(picked: Picked): Promise<void> {
    const { topic, records } = picked;
    const [left, right] = records;
    if (!left || !right || records.length > 2) {
      throw new UserError(
        vscode.l10n.t('{0} are selected', messages(records.length)),
        vscode.l10n.t('Select two messages of the table'),
      );
    }
    const title = `${topic}: ${place(left.raw)} ↔ ${place(right.raw)}`;
    await this.documents.compare(
      toDocument({ ...picked, records: [left] }),
      toDocument({ ...picked, records: [right] }),
      title,
    );
  }

  /** Opens an editable document that produces the messages again, by default to the same topic. */
  async produceAgain(picked: Picked): Promise<void> {
    const { cluster, topic, records } = picked;
    if (records.length > MAX_BLOCKS) {
      throw new UserError(
        vscode.l10n.t('{0} are too many for a document', messages(records.length)),
        vscode.l10n.t('Select fewer, or copy the messages to a topic'),
        runs(vscode.l10n.t('Copy Messages to Topic'), 'copyMessages', { cluster, topic }),
      );
    }
    await this.openBlocks(picked);
  }

  /** Copies the keys or values as they are shown, one after the other. */
  async copy(part: 'key' | 'value', { records }: Picked): Promise<void> {
    const texts = records.map(({ raw, shown }) => {
      const payload = raw[part];
      if (payload === null) return '';
      const text = shown?.[part]?.text;
      // The person may copy a hidden message as well.
      if (text) return text;
      return payloadText(payload) ?? Buffer.from(payload).toString('base64');
    });
    await vscode.env.clipboard.writeText(texts.join('\n'));
  }

  /**
   * Copies the messages as they were read, as JSON: one message as an object, several as JSON
   * Lines.
   */
  async copyWhole({ records }: Picked): Promise<void> {
    await vscode.env.clipboard.writeText(formats.jsonl.records(records.map(({ raw }) => raw)));
  }
}

export function toDocument({ cluster, topic, formats: shownAs, records }: Picked): MessageDocument {
  const [first] = records;
  const range = first && records.length === 1 ? `-${place(first.raw)}` : '@selection';
  const next = new Map<number, Offset>();
  for (const { partition, offset } of records.map(({ raw }) => raw)) {
    const known = next.get(partition);
    if (known === undefined || known <= offset) next.set(partition, offset + 1n);
  }
  const format = formats.json;
  const text = new FirstMessages(format, Infinity, describeDecodeProblem);
  text.add(records);
  if (text.count < records.length) {
    throw new UserError(
      vscode.l10n.t('no document can hold {0} of this size', messages(records.length)),
      vscode.l10n.t('Filter for them, and export the messages'),
      runs(vscode.l10n.t('Export Messages'), 'exportMessages'),
    );
  }
  return {
    uri: messageUri(cluster, topic, range, format),
    format,
    origin: {
      cluster,
      request: { topic, partitions: [...next.keys()], from: { offsets: next } },
      range,
      position: next,
      ...(shownAs && { formats: shownAs }),
    },
    body: text.body,
    records,
  };
}

/** Returns partition and offset as in the names of documents. */
function place({ partition, offset }: KafkaRecord): string {
  return `${partition}@${String(offset)}`;
}
