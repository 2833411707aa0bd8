import * as vscode from 'vscode';
import { unlessAborted } from '../../core/async/unlessAborted';
import type { KafkaRecord } from '../../core/kafka';
import {
  formatText,
  parseFormat,
  type PayloadFormat,
  type RecordFormats,
} from '../../core/message/codec';
import { decoders } from '../../core/message/decoders/registry';
import { GUESSED, isFor, literalGlob } from '../../core/read/decoderChoices';
import { formatChoices } from '../../kafkaFile/formats';
import { notify } from '../dialogs/notify';
import { askPick, type Choice, heading } from '../dialogs/questions';
import { mapAnswer, runWizard } from '../dialogs/wizard';
import type { Decoders } from './decoders';
import { openDecoderSettings, ownDecoders, writeOwnDecoders } from './decoderSetting';
import { askSchemaFile, type TopicSchemas } from './topicSchemas';

export type Part = 'key' | 'value';

/** What is to be decoded in another way. */
export interface DecodeSubject {
  readonly cluster: string;
  readonly topic: string;
  readonly formats: RecordFormats;
  /** The formats that were guessed or chosen for messages of this topic, the likeliest first. */
  readonly seen: Readonly<Record<Part, readonly string[]>>;
  /** A message to show what each format makes of it. */
  readonly example?: KafkaRecord;
}

interface DecodeDraft {
  readonly part: Part | undefined;
  readonly format: PayloadFormat | undefined;
  /** Whether the format is that of a subject that is asked for next. */
  readonly isOfSubject: boolean;
}

/** A format, or what leads to one. */
type FormatChoice = PayloadFormat | 'subject' | 'file';

/** The number of characters of an example. */
const EXAMPLE_LENGTH = 120;
/** How long examples are waited for. */
const EXAMPLE_MS = 2_000;

/**
 * Asks in which format to decode keys or values, and returns the formats of both. Throws a
 * `CancellationError` if the person gives up.
 */
export async function askFormats(
  decoding: Decoders,
  schemas: TopicSchemas,
  subject: DecodeSubject,
): Promise<RecordFormats> {
  const t = vscode.l10n.t;
  const { formats } = subject;
  const initial: DecodeDraft = { part: undefined, format: undefined, isOfSubject: false };
  const draft = await runWizard<DecodeDraft>(t('Decode {0} As', subject.topic), initial, [
    {
      ask: async (_state, context) =>
        mapAnswer(
          await askPick<Part>(context, {
            placeholder: t('What should be decoded differently?'),
            choices: [
              { label: t('Values'), description: nameOf(formats.value), choice: 'value' },
              { label: t('Keys'), description: nameOf(formats.key), choice: 'key' },
            ],
          }),
          (part) => ({ part }),
        ),
    },
    {
      ask: async ({ part = 'value' }, context) => {
        const asking = () =>
          askPick<FormatChoice>(context, {
            placeholder:
              part === 'key'
                ? t('The format of the keys. You can type one, such as avro(orders-key@3).')
                : t('The format of the values. You can type one, such as avro(orders-value@3).'),
            choices: (signal, list) => choicesOf(decoding, schemas, subject, part, signal, list),
            active: (choice) =>
              typeof choice === 'object' && formatText(choice) === formatText(formats[part]),
            custom: (typed) => {
              const format = parseFormat(typed);
              if (typeof format === 'string') return undefined;
              return { label: formatText(format), description: t('as typed'), choice: format };
            },
          });
        for (let answer = await asking(); ; answer = await asking()) {
          if (answer === 'subject') return { isOfSubject: true };
          if (answer !== 'file') {
            return mapAnswer(answer, (format) => ({ format, isOfSubject: false }));
          }
          const format = await askSchemaFile();
          if (format) return { format, isOfSubject: false };
        }
      },
    },
    {
      skip: ({ isOfSubject }) => !isOfSubject,
      ask: async (_state, context) =>
        mapAnswer(await schemas.ask(subject.cluster, context), (format) => ({ format })),
    },
  ]);
  const { part = 'value', format = GUESSED } = draft;
  return { ...formats, [part]: format };
}

function nameOf(format: PayloadFormat): string {
  return format.kind === GUESSED.kind ? vscode.l10n.t('guessed') : formatText(format);
}

/** Lists the formats at once, and again with examples as these arrive. */
async function choicesOf(
  decoding: Decoders,
  schemas: TopicSchemas,
  subject: DecodeSubject,
  part: Part,
  signal: AbortSignal,
  list: (choices: readonly Choice<FormatChoice>[]) => void,
): Promise<readonly Choice<FormatChoice>[]> {
  const t = vscode.l10n.t;
  const seen = new Set(['auto', ...subject.seen[part]]);
  const about = new Map(formatChoices('consumer').map((each) => [each.value, each.about]));
  const { isTrusted } = vscode.workspace;
  const others = decoders.map(({ name }) => name).filter((name) => !seen.has(name));
  const examples = new Map<string, string>();
  const hasRegistry = await schemas.hasRegistry(subject.cluster);
  let ofTopic: readonly string[] = [];
  const choice = (text: string): readonly Choice<PayloadFormat>[] => {
    const format = parseFormat(text);
    if (typeof format === 'string') return [];
    const description = about.get(text)?.().replaceAll('`', '') ?? '';
    const detail = examples.get(text);
    return [{ label: text, description, ...(detail !== undefined && { detail }), choice: format }];
  };
  // Those that make something of the example come first.
  const all = () => [
    heading(t('likely')),
    ...[...seen].flatMap(choice),
    heading(t('by a schema')),
    ...ofTopic.flatMap(choice),
    ...(hasRegistry ? [{ label: t('Another subject...'), choice: 'subject' as const }] : []),
    ...(isTrusted ? [{ label: t('A schema file...'), choice: 'file' as const }] : []),
    heading(t('all formats')),
    ...others.toSorted((a, b) => Number(examples.has(b)) - Number(examples.has(a))).flatMap(choice),
  ];
  list(all());
  const { example } = subject;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(EXAMPLE_MS)]);
  const addExamples = async (texts: readonly string[]) => {
    if (!example || example[part] === null) return;
    await Promise.all(
      texts.map(async (text) => {
        const found = await exampleOf(decoding, subject, part, text, limited);
        if (found !== undefined) examples.set(text, found);
      }),
    );
  };
  const addSubjects = async () => {
    if (!hasRegistry) return;
    const found = await schemas.formatsOf(subject, part, { signal: limited });
    ofTopic = found.map(formatText).filter((text) => !seen.has(text));
    list(all());
    await addExamples(ofTopic);
  };
  await Promise.all([addSubjects(), addExamples([...seen, ...others])]);
  return all();
}

/** Returns what a format makes of the example; `undefined` if nothing, or not in time. */
async function exampleOf(
  decoding: Decoders,
  { cluster, topic, example }: DecodeSubject,
  part: Part,
  text: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const format = parseFormat(text);
  if (!example || typeof format === 'string') return undefined;
  try {
    const decode = decoding.open({
      cluster,
      request: { topic, from: { at: 'earliest' } },
      formats: { [part]: format },
    });
    const [record] = await unlessAborted(decode([example], signal), signal);
    const shown = record?.shown?.[part];
    return shown?.text?.slice(0, EXAMPLE_LENGTH);
  } catch {
    return undefined;
  }
}

/**
 * Remembers in the person's own settings in which formats a topic is decoded. Tells them, and offers
 * to undo it.
 */
export async function rememberFormats(
  { cluster, topic, formats: before }: Pick<DecodeSubject, 'cluster' | 'topic' | 'formats'>,
  formats: RecordFormats,
): Promise<void> {
  const t = vscode.l10n.t;
  const own = ownDecoders();
  const kept = own.filter((entry) => !isFor(entry, cluster, topic));
  const entry = {
    cluster: literalGlob(cluster),
    topic: literalGlob(topic),
    key: formatText(formats.key),
    value: formatText(formats.value),
  };
  await writeOwnDecoders([entry, ...kept]);
  const part = formatText(before.key) === formatText(formats.key) ? 'value' : 'key';
  const format = nameOf(formats[part]);
  const text =
    part === 'key'
      ? t('Keys of {0} are decoded from now on as: {1} (kafkaRest.decoders).', topic, format)
      : t('Values of {0} are decoded from now on as: {1} (kafkaRest.decoders).', topic, format);
  void notify('information', text, [
    { title: t('Do Not Remember'), run: () => writeOwnDecoders(own) },
    openDecoderSettings(),
  ]);
}
