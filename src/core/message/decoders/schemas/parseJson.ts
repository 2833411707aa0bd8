import { phrase } from '../../../phrase';
import { type ExactJson, parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import { Misfit } from './problems';

/** Returns the value of a JSON text, with every digit. Throws `Misfit` if it is none. */
export function parseJson(text: string): ExactJson {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new Misfit(phrase('expected JSON, which it is not from character {0} on', error.at + 1));
  }
}
