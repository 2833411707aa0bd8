import type { SignInKind } from '../../../auth/methods/registry';
import { accountWords } from './account';
import { azureCliWords } from './azureCli';
import { basicWords } from './basic';
import { bearerTokenWords } from './bearerToken';
import { clientSecretWords } from './clientSecret';
import { noneWords } from './none';
import type { SignInWords } from './signInWords';

const words: Readonly<Record<SignInKind, () => SignInWords>> = {
  clientSecret: clientSecretWords,
  account: accountWords,
  azureCli: azureCliWords,
  bearerToken: bearerTokenWords,
  basic: basicWords,
  none: noneWords,
};

/** Returns the words for a way to sign in, or `undefined` if there is no such way. */
export function signInWords(kind: string): SignInWords | undefined {
  return new Map(Object.entries(words)).get(kind)?.();
}
