import { phrase } from '../../../phrase';
import type { ExactJson } from '../../../json/exact';
import { Misfit } from '../schemas/problems';

const BASE64 = /^[\w+/-]*={0,2}$/;

/** Returns the bytes of Base64 in one of its alphabets. Throws a `Misfit`. */
export function bytesOfBase64(value: ExactJson | undefined): Buffer {
  if (typeof value !== 'string' || !BASE64.test(value)) throw new Misfit(phrase('must be Base64'));
  return Buffer.from(value, 'base64');
}
