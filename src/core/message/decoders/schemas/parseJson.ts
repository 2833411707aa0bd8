import { type ExactJson, parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import { Misfit } from './problems';

/** Returns the value of a JSON text, with every digit. Throws `Misfit` if it is none. */
export function parseJson(text: string): ExactJson {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new Misfit(`expected JSON, which it is not from character ${error.at + 1} on`);
  }
}
