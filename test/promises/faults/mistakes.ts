import { tokenOutput } from '../../support/signIn/fakeAzureCli';
import { jwtOf } from '../../support/signIn/jwt';
import type { CellInfo } from './cell';
import type { PersonFacts } from './person';
import type { Outcome } from './rows';

/** The facts about an emulator. A function gets the true ones. */
export type Facts = {
  readonly [Name in keyof CellInfo]: CellInfo[Name] | ((info: CellInfo) => unknown);
};

/** What a person may have got wrong: what becomes of the facts, and what is told. */
export type Wrong = Readonly<Record<string, readonly [Partial<Facts>, Outcome, says?: RegExp]>>;

/** What Microsoft Entra ID and the identity provider report as expired. */
export const FORMER_SECRET = 'secret-of-last-year';
const NOBODY = '00000000-0000-4000-8000-000000000000';

const refused = (which: 'revoked' | 'expired') => (info: CellInfo) =>
  info.refusedCertificates?.[which] ?? null;

const refusedProof = (which: 'unregistered' | 'expired') => (info: CellInfo) =>
  info.refusedProofs?.[which] ?? null;

/** The certificate of mutual TLS. */
export const certificate: Wrong = {
  'expired certificate': [
    { certificateFile: refused('expired') },
    'credential-expired',
    /certificate expired on/,
  ],
  'revoked certificate': [
    { certificateFile: refused('revoked') },
    'client-certificate-refused',
    /certificate is not accepted/,
  ],
  'no certificate file': [
    { certificateFile: '/nowhere/client.pem' },
    'credential-unusable',
    /no such certificate file/,
  ],
  'wrong passphrase': [{ keyPassphrase: 'wrong' }, 'secret-wrong', /passphrase does not decrypt/],
  'no passphrase': [
    { keyPassphrase: '' },
    'secret-missing',
    /passphrase of the encrypted private key is not stored/,
  ],
};

export function header(kind: Outcome): Wrong {
  return {
    'wrong header': [{ headers: () => ({ 'X-Api-Key': 'wrong' }) }, kind, /header X-Api-Key/],
  };
}

/** An application of Microsoft Entra ID, whatever it signs in with. */
const application: Wrong = {
  'unknown tenant': [{ tenantId: NOBODY }, 'tenant-unknown', /this tenant is unknown/],
  'unknown client': [{ clientId: NOBODY }, 'client-unknown', /this client ID is unknown/],
};

const secret: Wrong = {
  'wrong secret': [{ clientSecret: 'wrong' }, 'secret-wrong'],
  'expired secret': [{ clientSecret: FORMER_SECRET }, 'secret-expired', /secret has expired/],
  'no secret': [{ clientSecret: '' }, 'secret-missing', /secret .*is not stored/],
};

const azureCli = (cli: (PersonFacts & { by: 'azureCli' })['cli']): Partial<Facts> => ({
  person: { by: 'azureCli', ...(cli && { cli }) },
});

const azureCliSays = (text: string) => azureCli({ stderr: `ERROR: ${text}\n`, code: 1 });

const accountSays = (says: string): Partial<Facts> => ({ person: { by: 'account', says } });

const NOT_CONSENTED = 'AADSTS65001: The user or administrator has not consented to use this';
const SECOND_FACTOR = 'AADSTS50076: You must use multi-factor authentication to access this';

/** By the way to sign in. */
export const mistakes = {
  clientSecret: {
    ...secret,
    ...application,
    'unknown scope': [{ scope: 'api://nowhere/.default' }, 'scope-unknown', /the scope/],
  },
  clientCertificate: {
    'expired certificate': [
      { certFile: refusedProof('expired') },
      'credential-expired',
      /certificate expired on/,
    ],
    'certificate that is not registered, or no longer': [
      { certFile: refusedProof('unregistered') },
      'credential-unusable',
      /certificate is not registered for this application/,
    ],
    'no certificate file': [
      { certFile: '/nowhere/client.pem' },
      'credential-unusable',
      /no such certificate file/,
    ],
    'no key file': [
      { certKeyFile: '/nowhere/client.key' },
      'credential-unusable',
      /no such file of the private key/,
    ],
    'wrong passphrase': [
      { certPassphrase: 'wrong' },
      'secret-wrong',
      /passphrase does not decrypt/,
    ],
    'no passphrase': [
      { certPassphrase: '' },
      'secret-missing',
      /passphrase of the encrypted private key is not stored/,
    ],
    ...application,
  },
  federatedAssertion: {
    'expired token': [
      { assertionFile: refusedProof('expired') },
      'credential-expired',
      /token in the file expired on/,
    ],
    'token that is not registered': [
      { assertionFile: refusedProof('unregistered') },
      'credential-unusable',
      /no federated credential for this token/,
    ],
    'no token file': [
      { assertionFile: '/nowhere/token' },
      'credential-unusable',
      /no such token file/,
    ],
    'a file without a token': [
      { assertionFile: ({ caFile }) => caFile },
      'credential-unusable',
      /holds no JSON Web Token/,
    ],
    ...application,
  },
  managedIdentity: {
    'identity of another computer': [
      { identityId: ({ strangerId }) => strangerId },
      'identity-missing',
      /managed identity is not assigned here/,
    ],
    'an ID of another kind': [
      { identityId: 'explorer' },
      'credential-unusable',
      /ID of the managed identity does not fit/,
    ],
    'unknown scope': [{ scope: 'api://nowhere/.default' }, 'scope-unknown', /the scope/],
  },
  account: {
    'signed out': [accountSays(''), 'signed-out', /not signed in with VS Code’s account/],
    'consent missing': [accountSays(NOT_CONSENTED), 'consent-missing', /consent is missing/],
    'second factor': [accountSays(SECOND_FACTOR), 'interaction-required', /sign in again/],
    'another cloud': [
      accountSays('No authentication provider with ID microsoft-sovereign-cloud is registered'),
      'program-missing',
      /VS Code does not sign in at/,
    ],
    'no network': [accountSays('Network failure'), 'sign-in-failed', /Network failure/],
  },
  azureCli: {
    'no program': [azureCli('none'), 'program-missing', /Azure CLI was not found/],
    'signed out': [
      azureCliSays("Please run 'az login' to setup account."),
      'signed-out',
      /nobody is signed in to the Azure CLI/,
    ],
    'consent missing': [azureCliSays(NOT_CONSENTED), 'consent-missing', /consent is missing/],
    'second factor': [
      azureCliSays(SECOND_FACTOR),
      'interaction-required',
      /wants you to sign in to the Azure CLI again/,
    ],
    'unknown scope': [{ scope: 'api://nowhere/.default' }, 'scope-unknown', /the scope/],
    'a program that fails': [azureCliSays('The disk is full.'), 'sign-in-failed', /disk is full/],
    'a program that is something else': [
      azureCli({ stdout: 'az, the calculator' }),
      'credential-unusable',
      /no usable token/,
    ],
    'expired token': [
      azureCli({ stdout: tokenOutput('expired', Date.now() - 3_600_000) }),
      'credential-expired',
      /Azure CLI gave a token that expired on/,
    ],
  },
  oauth: {
    ...secret,
    'unknown client': [
      { clientId: 'nobody' },
      'secret-wrong',
      /client ID or the secret is not accepted/,
    ],
    'unknown issuer': [
      { issuer: ({ issuer }) => `${issuer ?? ''}-nowhere` },
      'tenant-unknown',
      /no identity provider is found/,
    ],
    'unknown scope': [{ scope: 'nowhere' }, 'scope-unknown', /scope is refused by/],
    'unknown audience': [
      { audience: 'https://nowhere.example' },
      'consent-missing',
      /no token for this audience/,
    ],
  },
  bearerToken: {
    'wrong or revoked token': [{ token: 'nobody-has-issued-this-token' }, 'unauthorized'],
    'expired token': [
      { token: jwtOf({ exp: 1_700_000_000 }) },
      'credential-expired',
      /token has expired/,
    ],
    'no token': [{ token: '' }, 'secret-missing'],
  },
  basic: {
    'wrong password': [{ password: 'wrong' }, 'unauthorized'],
    'no password': [{ password: '' }, 'secret-missing'],
  },
} as const satisfies Readonly<Record<string, Wrong>>;
