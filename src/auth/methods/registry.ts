import { membersOf, type SignIn, type SignInRules } from '../../core/cluster/definition';
import { choiceOf, kindOf, readChoice, writeChoice } from '../../core/cluster/kinds';
import { account } from './account';
import { azureCli } from './azureCli';
import { basic } from './basic';
import { bearerToken } from './bearerToken';
import { clientCertificate } from './clientCertificate';
import { clientSecret } from './clientSecret';
import { type ExtendedMethod, withExtras } from './extras';
import { federatedAssertion } from './federatedAssertion';
import { managedIdentity } from './managedIdentity';
import { mutualTls } from './mutualTls';
import { none } from './none';
import { oauth } from './oauth';
import type { SecretRule } from './signInMethod';

const known = [
  clientSecret,
  clientCertificate,
  federatedAssertion,
  managedIdentity,
  account,
  azureCli,
  oauth,
  bearerToken,
  basic,
  mutualTls,
  none,
] as const;

export type SignInKind = (typeof known)[number]['kind'];

/** The ways to sign in, the most usual first. */
export const signInMethods: readonly ExtendedMethod[] = known.map(withExtras);

/** The method of definitions that name none. Version 0.1 had no other. */
const unnamed = clientSecret;

/**
 * Returns the method of a sign-in. Throws if there is none, which reading the settings prevents.
 */
export function methodOf(signIn: Pick<SignIn, 'kind'>): ExtendedMethod {
  return kindOf(signInMethods, signIn);
}

/**
 * Returns the rules of the secrets that a sign-in needs, by their names, in the order in which a
 * person is asked for them. Throws as `methodOf` does.
 */
export function secretsOf(signIn: SignIn): Readonly<Record<string, SecretRule<string>>> {
  return methodOf(signIn).secretsOf(signIn);
}

/**
 * Returns the service that gets the secrets of a sign-in: the field that names it, and its address.
 * Returns `undefined` if the endpoint gets them.
 */
export function serviceOf(
  signIn: SignIn,
): { readonly field: string; readonly address: string } | undefined {
  const { service, fields } = methodOf(signIn);
  if (service === undefined) return undefined;
  const field = signIn[service] ? service : (fields[service]?.alternative ?? service);
  const address = signIn[field];
  return address ? { field, address } : undefined;
}

/** How the settings represent a sign-in. */
export const signInRules: SignInRules = {
  read(entry) {
    if (!entry.has('signIn')) {
      const read = readChoice(unnamed, entry, '');
      // Such an entry has no certificate and no headers, whatever other members it has.
      return 'value' in read ? { value: choiceOf(methodOf(unnamed), read.value) } : read;
    }
    const members = membersOf(entry.get('signIn'));
    const method = signInMethods.find(({ kind }) => kind === members.get('kind'));
    if (!method) return { field: 'signIn.kind', problem: 'not-a-sign-in' };
    return readChoice(method, members, 'signIn.');
  },

  write: (signIn, before) => writeChoice(methodOf(signIn), signIn, before.get('signIn')),

  flat: Object.keys(unnamed.fields),
};
