import type { FieldPlace } from '../../core/cluster/kinds';
import { parsePath } from '../base/path';
import { withoutCredentials } from '../base/withoutCredentials';
import type { SignInMethod } from './signInMethod';

const KIND = 'mutualTls';

/**
 * A client certificate, and nothing else. It is one of the extras of every way to sign in; here, it
 * is required.
 */
export const mutualTls = {
  kind: KIND,
  fields: {
    certificateFile: { parse: parsePath, file: 'certificate' },
    keyFile: { parse: parsePath, file: 'key', suggestion: suggestKey },
  },
  secrets: {},
  culprits: {},
  authorizer: (_, { origin }) => withoutCredentials(KIND, origin),
} as const satisfies SignInMethod<'certificateFile' | 'keyFile', never>;

/** The key is often in the same folder, or in the same file. */
function suggestKey({ others: { certificateFile } }: FieldPlace): string | undefined {
  return certificateFile;
}
