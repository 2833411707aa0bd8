import { parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import type { DecodedFacts, DecodeProblem, DecoderContext, Shown, WorkerCodec } from '../decoder';
import { factsMemo } from '../factsMemo';
import { joinFormat } from '../formatName';
import type { Framing } from '../framing';
import { readSchemaArgument } from '../schemaArgument';
import { encodeWith } from '../schemas/encoding';
import { type Attempt, type FramedMessage, framedMessages } from '../schemas/framed';
import { InvalidSchema, Misfit, TooLarge } from '../schemas/problems';
import { addressOf, addressToWrite, SchemaSource, withoutSchema } from '../schemas/source';
import { exampleOf } from './example';
import { readIndexes, writeIndexes } from './indexes';
import { jsonSchemaOf } from './jsonSchema';
import type { MessagePlan } from './plan';
import { rawView } from './rawView';
import { readMessage } from './readMessage';
import { indexesOf, messageAt, openTypes, type ProtoTypes } from './types';
import { WireError } from './wire';
import { writeMessage } from './writeMessage';

/** What a schema is used for. */
interface Ready {
  readonly types: ProtoTypes;
  /** The message that the format names; otherwise the framing says which, or it is the first. */
  readonly chosen: MessagePlan | undefined;
  /** Whether the schema is one of a registry, so that messages name it. */
  readonly isRegistered: boolean;
}

/** Protobuf, in Confluent's framing or as it is, and without a schema by the numbers of fields. */
export const protobuf: WorkerCodec = {
  openDecode(argument, context) {
    const named = addressOf(readSchemaArgument(argument) ?? {});
    const source = sourceOf(argument, context);
    const rawFacts: DecodedFacts = { format: joinFormat('protobuf', argument), isGuess: true };
    return async (payloads, options) => {
      const messages = await framedMessages(
        payloads,
        { named, source, part: context.part },
        options,
      );
      return messages.map((message) => decode(message, rawFacts));
    };
  },

  openEncode(argument, context) {
    return encodeWith(sourceOf(argument, context), argument, context, write);
  },

  async describe(argument, context, options) {
    const address = addressToWrite(readSchemaArgument(argument) ?? {}, context);
    if (!address) return undefined;
    const schema = await sourceOf(argument, context).one(address, options);
    if (schema.failure) throw schema.failure;
    const plan = planToWrite(schema.value);
    return {
      jsonSchema: jsonSchemaOf(plan),
      example: exampleOf(plan),
      schema: { ...schema.facts.schema, name: plan.name },
    };
  },
};

function sourceOf(argument: string, context: DecoderContext): SchemaSource<Ready> {
  const name = readSchemaArgument(argument)?.message;
  return new SchemaSource(context, {
    type: 'PROTOBUF',
    format: joinFormat('protobuf', argument),
    compile({ schema, id }) {
      const types = openTypes(schema);
      const chosen = name === undefined ? undefined : types.plans.named(name);
      if (name !== undefined && !chosen) throw new InvalidSchema(`it has no message ${name}`);
      return { value: { types, chosen, isRegistered: id !== undefined } };
    },
  });
}

function decode(message: FramedMessage<Ready>, rawFacts: DecodedFacts): Shown {
  const { bytes, framing, attempts } = message;
  if (!bytes) return { problem: { kind: 'lossy' } };
  let shown: Shown | undefined;
  for (const attempt of attempts) {
    const next = decodeWith(attempt, framing, bytes);
    if (next.text !== undefined) return next;
    shown ??= next;
  }
  if (shown) return shown;
  if (framing) {
    const detail = `only its own registry knows the ${framing.names}`;
    return { problem: { kind: 'no-schema', detail } };
  }
  return shownBy(() => rawView(bytes), rawFacts, 'not-in-format');
}

function decodeWith(
  { schema, data }: Attempt<Ready>,
  framing: Framing | undefined,
  bytes: Buffer,
): Shown {
  if (schema.failure) return withoutSchema(schema);
  const { types, chosen } = schema.value;
  const { facts } = schema;
  let name: string | undefined;
  const text = () => {
    const found = data();
    const isFramed = framing !== undefined && found !== bytes;
    const { indexes, start } = isFramed ? readFramed(found, framing) : { indexes: [0], start: 0 };
    const plan = chosen ?? messageAt(types, indexes);
    if (!plan) throw new Misfit(`the schema has no message ${indexes.join('.')}`);
    ({ name } = plan);
    return readMessage(found.subarray(start), plan, types.plans);
  };
  const shown = shownBy(text, facts, 'not-in-schema');
  return name === undefined ? shown : { ...shown, facts: namedFacts(facts, name) };
}

const namedFacts = factsMemo((facts, name) => ({ ...facts, schema: { ...facts.schema, name } }));

/** Indexes stand in the header together with the id, or before the data. */
function readFramed(data: Buffer, { messageIndexes }: Framing): ReturnType<typeof readIndexes> {
  if (!messageIndexes) return readIndexes(data);
  return { ...readIndexes(Buffer.from(messageIndexes)), start: 0 };
}

function shownBy(
  read: () => string,
  facts: DecodedFacts,
  kind: 'not-in-format' | 'not-in-schema',
): Shown {
  try {
    return { text: read(), facts };
  } catch (error) {
    return { problem: problemOf(error, kind), facts };
  }
}

function problemOf(error: unknown, kind: 'not-in-format' | 'not-in-schema'): DecodeProblem {
  if (error instanceof WireError) return { kind, detail: error.message };
  if (error instanceof Misfit) return { kind, detail: error.sentence };
  if (error instanceof TooLarge) return { kind: 'too-large' };
  return { kind: 'failed', cause: error };
}

function write(ready: Ready, text: string): Buffer {
  const { types, isRegistered } = ready;
  const plan = planToWrite(ready);
  const data = writeMessage(parsed(text), plan, types.plans);
  if (!isRegistered) return data;
  const indexes = indexesOf(types, plan);
  if (!indexes) throw new Misfit(`the message ${plan.name} is of another file than the schema`);
  return Buffer.concat([writeIndexes(indexes), data]);
}

/** Returns the message that the format names, or the first of the schema. */
function planToWrite({ types, chosen }: Ready): MessagePlan {
  const plan = chosen ?? messageAt(types, [0]);
  if (plan) return plan;
  throw new Misfit('the schema has no message');
}

function parsed(text: string): ReturnType<typeof parseExact> {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new Misfit(`expected JSON, which it is not from character ${error.at + 1} on`);
  }
}
