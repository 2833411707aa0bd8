import { isAbortError } from '../async/abortError';
import { indentJson, isJson } from '../json/layout';
import type { CallOptions } from '../kafka';
import {
  formatText,
  isPlain,
  openEncode,
  parseFormat,
  type PayloadFormat,
  type RecordFormats,
} from '../message/codec';
import type { DecodedRecord } from '../message/decoded';
import type { DecoderContext, Shown, UsedSchema } from '../message/decoders/decoder';
import { joinFormat } from '../message/decoders/formatName';
import { findDecoder } from '../message/decoders/registry';
import {
  type SchemaArgument,
  schemaArgument,
  writeSchemaArgument,
} from '../message/decoders/schemaArgument';
import { innerFormat } from '../message/decoders/workerDecoders';
import type { Part } from './encodeRecords';

/** A text to edit, and the format in which it is the very bytes that were read. */
export interface EditableText {
  readonly text: string;
  readonly format: PayloadFormat;
}

/** What can be edited of a record. A part that is missing is produced as it was read. */
export interface EditableTexts {
  readonly key?: EditableText;
  readonly value?: EditableText;
  /** The parts that are shown as a text which does not become the bytes again. */
  readonly inexact: readonly Part[];
}

/** A part of a record that is not settled yet, and the texts that are still to be tried. */
interface Job {
  readonly at: number;
  readonly part: Part;
  readonly bytes: Buffer;
  readonly untried: EditableText[];
}

type Trial = readonly [Job, EditableText];
type Found = Partial<Record<Part, EditableText>>;

/**
 * Returns the texts of decoded records that can be edited and produced again, in the same order.
 * Each names the version of its schema, and was encoded to see that it becomes the bytes that were
 * read. JSON is laid out over several lines where that makes no difference. Rejects only with the
 * reason of the signal.
 *
 * @param formats those in which the records are shown, where the records do not tell
 */
export async function editableTexts(
  records: readonly DecodedRecord[],
  formats: Partial<RecordFormats> | undefined,
  context: Omit<DecoderContext, 'part'>,
  options: CallOptions = {},
): Promise<readonly EditableTexts[]> {
  const jobs = records.flatMap(({ raw, shown }, at) =>
    (['key', 'value'] as const).flatMap((part): readonly Job[] => {
      const payload = raw[part];
      const untried = textsToTry(part, shown?.[part], formats?.[part]);
      if (payload === null || !untried) return [];
      return [{ at, part, bytes: Buffer.from(payload), untried }];
    }),
  );
  const found = records.map((): Found => ({}));
  for (let open = jobs; open.length > 0;) {
    const tried = new Map<string, Trial[]>();
    for (const job of open) {
      const next = job.untried.shift();
      if (!next) continue;
      const name = `${job.part} ${formatText(next.format)}`;
      const group = tried.get(name);
      if (group) group.push([job, next]);
      else tried.set(name, [[job, next]]);
    }
    open = [];
    for (const group of tried.values()) {
      const fits = await becomeTheirBytes(group, context, options);
      for (const [index, [job, text]] of group.entries()) {
        if (fits[index]) found[job.at] = { ...found[job.at], [job.part]: text };
        else open.push(job);
      }
    }
  }
  const inexact = records.map((): Part[] => []);
  for (const { at, part } of jobs) if (!found[at]?.[part]) inexact[at]?.push(part);
  return found.map((texts, at) => ({ ...texts, inexact: inexact[at] ?? [] }));
}

/** Whether each text becomes the bytes of its job. All have one part and one format. */
async function becomeTheirBytes(
  group: readonly Trial[],
  context: Omit<DecoderContext, 'part'>,
  options: CallOptions,
): Promise<readonly boolean[]> {
  const [first] = group;
  if (!first) return [];
  const [{ part }, { format }] = first;
  try {
    const encode = openEncode(format, { ...context, part });
    const results = await encode(
      group.map(([, { text }]) => text),
      options,
    );
    return group.map(([{ bytes }], index) => {
      const { payload, used } = results[index] ?? {};
      return payload !== undefined && used === undefined && bytes.equals(Buffer.from(payload));
    });
  } catch (error) {
    if (isAbortError(error)) throw error;
    options.signal?.throwIfAborted();
    // What cannot be encoded is produced as it was read.
    return group.map(() => false);
  }
}

/** Returns the texts to try, the best first; `undefined` if the part is not shown as a text. */
function textsToTry(
  part: Part,
  shown: Shown | undefined,
  chosen: PayloadFormat | undefined,
): EditableText[] | undefined {
  if (shown?.text === undefined) return undefined;
  const { text, facts } = shown;
  const named = facts ? parseFormat(facts.format) : chosen;
  if (!named || typeof named === 'string' || isPlain(named)) return undefined;
  // A key stands on one line of a block.
  const laidOut = part === 'value' && isJson(text) ? indentJson(text) : text;
  const texts = laidOut === text ? [text] : [laidOut, text];
  return withItsSchema(named, facts?.schema).flatMap((format) =>
    texts.map((each) => ({ text: each, format })),
  );
}

/**
 * Returns a format with the schema that decoded a message in place of any other, the shortest name
 * first. Returns none if it has no name that a format can have.
 */
function withItsSchema(
  { kind, argument }: PayloadFormat,
  schema: UsedSchema | undefined,
): readonly PayloadFormat[] {
  const own = findDecoder(kind)?.argument;
  if (own === innerFormat) {
    const inner = parseFormat(argument);
    if (argument === '' || typeof inner === 'string') return [];
    return withItsSchema(inner, schema).map((each) => ({ kind, argument: formatText(each) }));
  }
  if (own !== schemaArgument) return [{ kind, argument }];
  const place = placeOf(schema);
  const name = kind === 'protobuf' ? schema?.name : undefined;
  // Which message of a Protobuf schema it is follows from the bytes, unless it is the first one.
  const messages = name === undefined ? [{}] : [{}, { message: name }];
  return messages.flatMap((message) => {
    const wanted = writeSchemaArgument({ ...place, ...message });
    const format = parseFormat(joinFormat(kind, wanted));
    return wanted !== '' && typeof format === 'object' ? [format] : [];
  });
}

function placeOf({ file, subject, version }: UsedSchema = {}): SchemaArgument {
  if (file !== undefined) return { file };
  return {
    ...(subject !== undefined && { subject }),
    ...(version !== undefined && { version }),
  };
}
