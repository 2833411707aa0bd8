import { phrase } from '../../../phrase';
import type { DecodedFacts, DecodeProblem, Shown } from '../decoder';
import { factsMemo } from '../factsMemo';
import type { Framing } from '../framing';
import { firstRead, noSchemaOf } from '../schemas/framed';
import { parseJson } from '../schemas/parseJson';
import { InvalidSchema, Misfit, TooLarge } from '../schemas/problems';
import { schemaCodec } from '../schemas/schemaCodec';
import type { ReadySchema } from '../schemas/source';
import { exampleOf } from './example';
import { readIndexes, readNumber, readRef, writeIndexes } from './indexes';
import { jsonSchemaOf } from './jsonSchema';
import type { MessagePlan } from './plan';
import { rawView } from './rawView';
import { readMessage } from './readMessage';
import {
  indexesOf,
  messageNamed,
  messageNumbered,
  messagesAt,
  openTypes,
  type ProtoTypes,
} from './types';
import { WireError } from './wire';
import { writeMessage } from './writeMessage';

/** What a schema is used for. */
interface Ready {
  readonly types: ProtoTypes;
  /** The message that the format names; otherwise the framing says which, or it is the first. */
  readonly chosen: MessagePlan | undefined;
}

/** Protobuf, in a framing or as it is, and without a schema by the numbers of fields. */
export const codec = schemaCodec<Ready>({
  name: 'protobuf',
  type: 'PROTOBUF',

  compile({ schema }, message) {
    const types = openTypes(schema);
    const chosen = message === undefined ? undefined : types.plans.named(message);
    if (message !== undefined && !chosen)
      throw new InvalidSchema(phrase('it has no message {0}', message));
    return { value: { types, chosen } };
  },

  decode({ bytes, framing, attempts }, facts) {
    const shown = firstRead(attempts, (schema, data) => decodeWith(schema, data, framing, bytes));
    if (shown) return shown;
    if (framing) return { problem: { kind: 'no-schema', detail: noSchemaOf(framing) } };
    return shownBy(() => rawView(bytes), guessedFacts(facts, ''), 'not-in-format');
  },

  encode(ready, text, isFramed) {
    const { types } = ready;
    const plan = planToWrite(ready);
    const data = writeMessage(parseJson(text), plan, types.plans);
    if (!isFramed) return data;
    const indexes = indexesOf(types, plan);
    if (!indexes)
      throw new Misfit(phrase('the message {0} is of another file than the schema', plan.name));
    return Buffer.concat([writeIndexes(indexes), data]);
  },

  describe(ready) {
    const plan = planToWrite(ready);
    return { jsonSchema: jsonSchemaOf(plan), example: exampleOf(plan), name: plan.name };
  },
});

const guessedFacts = factsMemo((facts) => ({ ...facts, isGuess: true }));

function decodeWith(
  { value, facts }: ReadySchema<Ready>,
  data: () => Buffer,
  framing: Framing | undefined,
  bytes: Buffer,
): Shown {
  let name: string | undefined;
  const text = () => {
    const found = data();
    const isFramed = framing !== undefined && found !== bytes;
    const { plans, start } = placed(found, isFramed ? framing : undefined, value);
    const read = bestRead(found.subarray(start), plans, value);
    ({ name } = read.plan);
    return read.text;
  };
  const shown = shownBy(text, facts, 'not-in-schema');
  return name === undefined ? shown : { ...shown, facts: namedFacts(facts, name) };
}

const namedFacts = factsMemo((facts, name) => ({ ...facts, schema: { ...facts.schema, name } }));

/** Which messages the data may be, the likeliest first, and where they begin. */
interface Placed {
  readonly plans: readonly MessagePlan[];
  readonly start: number;
}

/** Reads what stands before a message, or in the header that has its id, and says which it is. */
function placed(data: Buffer, framing: Framing | undefined, { types, chosen }: Ready): Placed {
  const of = (plans: readonly (MessagePlan | undefined)[], start: number, which: string) => {
    const found = chosen ? [chosen] : plans.filter((plan) => plan !== undefined);
    if (found.length === 0) throw new Misfit(phrase('the schema has no message {0}', which));
    return { plans: found, start };
  };
  const atIndexes = ({ indexes, start }: ReturnType<typeof readIndexes>) =>
    of(messagesAt(types, indexes), start, indexes.join('.'));

  if (!framing) return of(messagesAt(types, [0]), 0, '0');
  if (framing.kind === 'glue') {
    const { number, start } = readNumber(data);
    return of([messageNumbered(types, number)], start, String(number));
  }
  if (framing.messageIndexes) {
    return { ...atIndexes(readIndexes(Buffer.from(framing.messageIndexes))), start: 0 };
  }
  // Ids of four bytes may be those of Apicurio, which has a name where Confluent has indexes.
  const ref = readRef(data);
  const named = ref && messageNamed(types, ref.name);
  if (ref && named) return of([named], ref.start, ref.name);
  return framing.kind === 'apicurio'
    ? of(messagesAt(types, [0]), 0, '0')
    : atIndexes(readIndexes(data));
}

/** Reads the first message of which the data are, if possible one that knows all of their fields. */
function bestRead(
  data: Buffer,
  plans: readonly MessagePlan[],
  { types }: Ready,
): { readonly text: string; readonly plan: MessagePlan } {
  let best: { readonly text: string; readonly plan: MessagePlan } | undefined;
  let failure: unknown;
  for (const plan of plans) {
    try {
      const { text, hasUnknown } = readMessage(data, plan, types.plans);
      if (!hasUnknown) return { text, plan };
      best ??= { text, plan };
    } catch (error) {
      failure ??= error;
    }
  }
  if (!best) throw failure;
  return best;
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
  if (error instanceof WireError) return { kind, detail: error.phrase };
  if (error instanceof Misfit) return { kind, detail: error.atPlace };
  if (error instanceof TooLarge) return { kind: 'too-large' };
  return { kind: 'failed', cause: error };
}

/** Returns the message that the format names, or the first of the schema. */
function planToWrite({ types, chosen }: Ready): MessagePlan {
  const [plan] = chosen ? [chosen] : messagesAt(types, [0]);
  if (plan) return plan;
  throw new InvalidSchema(phrase('the schema has no message'));
}
