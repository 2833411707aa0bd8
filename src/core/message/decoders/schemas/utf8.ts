import { phrase } from '../../../phrase';
import { Misfit } from './problems';

/** Returns a text in UTF-8. Throws `Misfit` if it has half of a pair of surrogates. */
export function utf8Of(text: string): Buffer {
  if (/\p{Surrogate}/u.test(text))
    throw new Misfit(phrase('has half of a character, which UTF-8 has not'));
  return Buffer.from(text);
}
