import type { SignInKind } from '../../../auth/methods/registry';
import { accountWords } from './account';
import { azureCliWords } from './azureCli';
import { basicWords } from './basic';
import { bearerTokenWords } from './bearerToken';
import { clientCertificateWords } from './clientCertificate';
import { clientSecretWords } from './clientSecret';
import { explainExtra, extraFields, extraSecret } from './extras';
import { federatedAssertionWords } from './federatedAssertion';
import { managedIdentityWords } from './managedIdentity';
import { mutualTlsWords } from './mutualTls';
import { noneWords } from './none';
import { oauthWords } from './oauth';
import type { SecretWords, SignInWords } from './signInWords';

const words: Readonly<Record<SignInKind, () => SignInWords>> = {
  clientSecret: clientSecretWords,
  clientCertificate: clientCertificateWords,
  federatedAssertion: federatedAssertionWords,
  managedIdentity: managedIdentityWords,
  account: accountWords,
  azureCli: azureCliWords,
  oauth: oauthWords,
  bearerToken: bearerTokenWords,
  basic: basicWords,
  mutualTls: mutualTlsWords,
  none: noneWords,
};

/** Returns the words for a way to sign in, or `undefined` if there is no such way. */
export function signInWords(kind: string): SignInWords | undefined {
  const own = new Map(Object.entries(words)).get(kind)?.();
  return (
    own && {
      ...own,
      fields: { ...extraFields(), ...own.fields },
      explain: (error) => explainExtra(error) ?? own.explain(error),
    }
  );
}

/** Returns the words for a secret of a way to sign in, or `undefined` if there is none. */
export function secretWords(kind: string, name: string): SecretWords | undefined {
  return extraSecret(name) ?? signInWords(kind)?.secrets[name];
}
