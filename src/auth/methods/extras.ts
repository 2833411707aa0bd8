import { parseCaFile } from '../../core/cluster/definition';
import type { FieldRule } from '../../core/cluster/kinds';
import { onFirstUse } from '../base/onFirstUse';
import { parsePassphrase } from '../base/passphrase';
import { headerNamesIn, parseHeaderNames, parseHeaderValue } from '../extras/headers';
import type { SecretRule, SignInMethod } from './signInMethod';

/** The fields that every way to sign in has besides its own. */
const fields = {
  certificateFile: { parse: parseCaFile, file: 'certificate', fallback: '' },
  keyFile: { parse: parseCaFile, file: 'key', fallback: '' },
  headers: { parse: parseHeaderNames, fallback: '' },
} as const satisfies Readonly<Record<string, FieldRule>>;

export type ExtraField = keyof typeof fields;

/** The name of the secret that decrypts the private key. */
export const PASSPHRASE = 'keyPassphrase';

/** What the names of the secrets begin with that are the values of extra headers. */
const HEADER = 'header:';

type Fields = Readonly<Partial<Record<string, string>>>;

/**
 * A way to sign in, with what a gateway before the REST proxy may ask for besides: a client
 * certificate, and headers whose values are secrets. So its secrets depend on its fields.
 */
export interface ExtendedMethod extends Omit<SignInMethod, 'secrets'> {
  /** Returns the secrets that it needs, in the order in which a person is asked for them. */
  secretsOf(fields: Fields): Readonly<Record<string, SecretRule<string>>>;
  /**
   * Returns what every secret is bound to, in addition to what its own rule says: all fields, if
   * some of the extras are used.
   */
  boundTo(fields: Fields): readonly string[];
}

/** Adds the extras to a way to sign in, unless it has a field of that name with other rules. */
export function withExtras(method: SignInMethod): ExtendedMethod {
  const { secrets, ...others } = method;
  const { kind, culprits } = method;
  const all: Readonly<Record<string, FieldRule>> = {
    ...method.fields,
    ...fields,
    ...method.fields,
  };
  return {
    ...others,
    fields: all,
    culprits: {
      'client-certificate-refused': 'certificateFile',
      'client-certificate-unusable': 'certificateFile',
      ...culprits,
    },
    secretsOf: (given) => ({ ...secrets, ...extraSecrets(given) }),
    boundTo: (given) => (usesExtras(given) ? [describe(kind, all, given)] : []),
    authorizer: (given, context) => {
      const own = method.authorizer(given, context);
      if (!usesExtras(given)) return own;
      const { certificateFile = '', keyFile = '', headers = '' } = given;
      const names = headerNamesIn(headers);
      const joined = onFirstUse(kind, context.origin, async () => {
        const { withExtraCredentials } = await import('../extras/authorizer');
        return withExtraCredentials(own, {
          files: certificateFile === '' ? undefined : { certificateFile, keyFile },
          headers: names,
          secretOf: { passphrase: PASSPHRASE, header: secretOfHeader },
          context,
        });
      });
      // A refusal is about a header if it names one, or if nothing else can be wrong.
      const [first] = culprits.unauthorized === undefined ? names : [];
      const blame = (detail: string) => {
        const said = detail.toLowerCase();
        const blamed = names.find((name) => said.includes(name.toLowerCase())) ?? first;
        return blamed === undefined ? undefined : secretOfHeader(blamed);
      };
      return { ...joined, blame };
    },
  };
}

/** Returns whether a field or secret of a way to sign in is one of the extras. */
export function isExtra(name: string): boolean {
  return Object.hasOwn(fields, name) || name === PASSPHRASE || headerOfSecret(name) !== undefined;
}

/** Returns the fields and secrets of the extras that a person may fill in, in a sensible order. */
export function extraNames({
  certificateFile = '',
  keyFile = '',
  headers = '',
}: Fields): readonly string[] {
  const hasKey = certificateFile !== '' || keyFile !== '';
  return [
    'certificateFile',
    ...(hasKey ? ['keyFile'] : []),
    ...(certificateFile === '' ? [] : [PASSPHRASE]),
    'headers',
    ...headerNamesIn(headers).map(secretOfHeader),
  ];
}

/** Returns whether a client certificate or extra headers are used. */
export function usesExtras(given: Fields): boolean {
  return Object.keys(fields).some((name) => (given[name] ?? '') !== '');
}

/** Returns the name of the secret that is the value of a header. */
export function secretOfHeader(header: string): string {
  return HEADER + header;
}

/** Returns the header whose value a secret is, or `undefined` if it is something else. */
export function headerOfSecret(secret: string): string | undefined {
  return secret.startsWith(HEADER) ? secret.slice(HEADER.length) : undefined;
}

function extraSecrets({
  certificateFile = '',
  keyFile = '',
  headers = '',
}: Fields): Readonly<Record<string, SecretRule<string>>> {
  const passphrase: SecretRule<string> = {
    optional: true,
    parse: parsePassphrase,
    boundTo: () => [PASSPHRASE, certificateFile, keyFile],
  };
  const values = headerNamesIn(headers).map((header) => {
    const rule: SecretRule<string> = {
      parse: parseHeaderValue,
      boundTo: () => [HEADER, header.toLowerCase()],
    };
    return [secretOfHeader(header), rule] as const;
  });
  return {
    ...(certificateFile !== '' && { [PASSPHRASE]: passphrase }),
    ...Object.fromEntries(values),
  };
}

/** Returns a text that differs for each kind with fields that are not empty or as usual. */
function describe(kind: string, rules: Readonly<Record<string, FieldRule>>, given: Fields): string {
  const own = Object.entries(rules).flatMap(([name, { fallback = '' }]) => {
    const text = given[name] ?? fallback;
    return text === fallback ? [] : [[name, text] as const];
  });
  return JSON.stringify({ kind, ...Object.fromEntries(own) });
}
