import { gunzipSync, gzipSync } from 'node:zlib';
import { phrase } from '../../../phrase';
import { MAX_UNWRAPPED, UnwrapError, type Wrapper } from './unwrap';
import { wrapperCodec } from './wrapperCodec';

export const gzipWrapper: Wrapper = {
  name: 'gzip',
  unwrap(bytes) {
    try {
      return gunzipSync(bytes, { maxOutputLength: MAX_UNWRAPPED });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new UnwrapError();
      throw new UnwrapError(phrase('it cannot be decompressed ({0})', error.message));
    }
  },
  wrap: (bytes) => gzipSync(bytes),
};

export const gzip = wrapperCodec(gzipWrapper);
