import { type Phrase, phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { isJson } from '../../../json/layout';
import type { DecodedFacts, Shown } from '../decoder';
import { framedData } from '../framing';
import { noSchemaOf } from '../schemas/framed';
import { InvalidSchema, Misfit } from '../schemas/problems';
import { schemaCodec } from '../schemas/schemaCodec';
import type { ReadySchema } from '../schemas/source';
import { jsonChecker, type JsonChecker } from './checker';
import { describeJsonSchema } from './describe';

/**
 * JSON that has a JSON Schema, in a framing or as it is. It is shown as it is, with what does not fit
 * the schema as a remark, and written as it is if it fits.
 */
export const codec = schemaCodec<JsonChecker>({
  name: 'json-schema',
  type: 'JSON',

  compile({ schema }) {
    const value = jsonChecker(schema);
    const title: unknown = typeof value.schema === 'object' ? value.schema['title'] : undefined;
    return { value, ...(typeof title === 'string' && { name: title }) };
  },

  decode({ bytes, framing, attempts }, facts) {
    const schemas = attempts.map(({ schema }) => schema);
    const schema = schemas.find((one): one is ReadySchema<JsonChecker> => !one.failure);
    const known = schema?.facts ?? schemas[0]?.facts;
    let data: Buffer;
    try {
      data = framing ? framedData(bytes, framing) : bytes;
    } catch {
      return notJson(phrase('the data cannot be decompressed'), known);
    }
    const text = data.toString();
    if (!isUtf8(data) || !isJson(text)) return notJson(phrase('the data are not JSON'), known);
    if (schema) return { text, facts: checked(text, schema) };
    const why =
      schemas[0]?.failure?.phrase ?? (framing ? noSchemaOf(framing) : phrase('it names no schema'));
    return { text, facts: { ...(known ?? facts), misfit: unchecked(why) } };
  },

  encode({ check }, text) {
    if (!isJson(text)) throw new Misfit(phrase('expected JSON'));
    const misfit = check(JSON.parse(text));
    if (misfit) throw misfit;
    return Buffer.from(text);
  },

  describe: (checker) => ({ jsonSchema: describeJsonSchema(checker) }),
});

function checked(text: string, { value, facts }: ReadySchema<JsonChecker>): DecodedFacts {
  try {
    const misfit = value.check(JSON.parse(text));
    return misfit ? { ...facts, misfit: misfit.atPlace } : facts;
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    return { ...facts, misfit: unchecked(error.phrase) };
  }
}

function unchecked(why: Phrase): Phrase {
  return phrase('not checked, because {0}', why);
}

function notJson(detail: Phrase, facts: DecodedFacts | undefined): Shown {
  return { problem: { kind: 'not-in-format', detail }, ...(facts && { facts }) };
}
