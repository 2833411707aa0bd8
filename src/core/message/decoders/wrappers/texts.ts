import { phrase } from '../../../phrase';
import { UnwrapError, type Wrapper } from './unwrap';
import { wrapperCodec } from './wrapperCodec';

const BASE64 = /^([A-Za-z0-9+/]*|[\w-]*)(={0,2})$/;
const HEX = /^(?:0x)?((?:[0-9a-f]{2})*)$/i;

/** Base64 in the usual alphabet or the one for URLs, with padding or without; the usual one out. */
export const base64Wrapper: Wrapper = {
  name: 'base64',
  unwrap(bytes) {
    const text = bytes.toString('latin1').trim();
    const [, digits = '', padding] = BASE64.exec(text) ?? [];
    const inside = Buffer.from(digits, 'base64');
    const written = inside.toString(/[-_]/.test(digits) ? 'base64url' : 'base64');
    // What is missing or wrong at the end, the decoder of Node ignores.
    const isWhole = written.startsWith(digits) && (padding === '' || text.length % 4 === 0);
    if (!isWhole || padding === undefined) throw new UnwrapError(phrase('this is not Base64'));
    return inside;
  },
  wrap: (bytes) => bytes.toString('base64'),
};

/** Hexadecimal digits of either case, after `0x` or not; those of lower case out. */
export const hexWrapper: Wrapper = {
  name: 'hex',
  unwrap(bytes) {
    const digits = HEX.exec(bytes.toString('latin1').trim())?.[1];
    if (digits === undefined)
      throw new UnwrapError(phrase('these are not pairs of hexadecimal digits'));
    return Buffer.from(digits, 'hex');
  },
  wrap: (bytes) => bytes.toString('hex'),
};

export const base64 = wrapperCodec(base64Wrapper);
export const hex = wrapperCodec(hexWrapper);
