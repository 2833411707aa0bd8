import {
  type Entry,
  type FieldProblem,
  membersOf,
  type SignIn,
  type SignInRules,
} from '../../core/cluster/definition';
import { basic } from './basic';
import { clientSecret } from './clientSecret';
import { none } from './none';
import { parseField, type SignInMethod } from './signInMethod';

const known = [clientSecret, basic, none] as const;

export type SignInKind = (typeof known)[number]['kind'];

/** The ways to sign in, the most usual first. */
export const signInMethods: readonly SignInMethod[] = known;

/** The method of definitions that name none. Version 0.1 had no other. */
const unnamed: SignInMethod = clientSecret;

/** Returns the method of a sign-in. Throws if there is none, which reading the settings prevents. */
export function methodOf({ kind }: Pick<SignIn, 'kind'>): SignInMethod {
  const method = signInMethods.find((each) => each.kind === kind);
  if (method) return method;
  throw new Error(`There is no sign-in '${kind}'.`);
}

/**
 * Returns the sign-in of a kind with those of `texts` that are its fields. An empty field gets its
 * fallback.
 */
export function signInOf(kind: string, texts: Readonly<Record<string, string>>): SignIn {
  const fields: Record<string, string> = {};
  for (const [name, { fallback = '' }] of Object.entries(methodOf({ kind }).fields)) {
    fields[name] = texts[name] || fallback;
  }
  return { ...fields, kind };
}

/** How the settings represent a sign-in. */
export const signInRules: SignInRules = {
  read(entry) {
    if (!entry.has('signIn')) return readFields(unnamed, entry, '');
    const members = membersOf(entry.get('signIn'));
    const method = signInMethods.find(({ kind }) => kind === members.get('kind'));
    if (!method) return { field: 'signIn.kind', problem: 'not-a-sign-in' };
    return readFields(method, members, 'signIn.');
  },

  write({ kind, ...fields }, before) {
    const { fields: rules } = methodOf({ kind });
    const old = membersOf(before.get('signIn'));
    const isSame = old.get('kind') === kind;
    const foreign = [...old].filter(
      ([name]) => isSame && name !== 'kind' && !Object.hasOwn(rules, name),
    );
    const own = Object.entries(fields).filter(([name, text]) => text !== rules[name]?.fallback);
    return { kind, ...Object.fromEntries([...own, ...foreign]) };
  },

  flat: Object.keys(unnamed.fields),
};

function readFields(
  { kind, fields }: SignInMethod,
  members: Entry,
  path: string,
): { readonly value: SignIn } | { readonly field: string; readonly problem: FieldProblem } {
  const values: Record<string, string> = {};
  for (const [name, rule] of Object.entries(fields)) {
    const text = members.get(name);
    const { value, problem } = parseField(rule, typeof text === 'string' ? text : '');
    if (problem !== undefined) return { field: path + name, problem };
    values[name] = value;
  }
  return { value: { ...values, kind } };
}
