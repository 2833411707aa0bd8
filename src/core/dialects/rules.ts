import { type DialectRules, membersOf } from '../cluster/definition';
import { kindOf, readChoice, writeChoice } from '../cluster/kinds';
import type { Dialect } from './dialect';

/**
 * Returns how the settings represent these dialects, of which the first is the default. A dialect
 * is its name, or an object with `kind` and the fields of the dialect.
 */
export function dialectRulesOf(dialects: readonly [Dialect, ...Dialect[]]): DialectRules {
  const [unnamed] = dialects;
  return {
    read(entry) {
      const value = entry.get('dialect') ?? unnamed.kind;
      const members = typeof value === 'string' ? new Map([['kind', value]]) : membersOf(value);
      const dialect = dialects.find(({ kind }) => kind === members.get('kind'));
      if (!dialect) return { field: 'dialect', problem: 'not-a-dialect' };
      return readChoice(dialect, members, 'dialect.');
    },

    write(dialect, before) {
      const { kind, ...rest } = writeChoice(
        kindOf(dialects, dialect),
        dialect,
        before.get('dialect'),
      );
      if (Object.keys(rest).length > 0) return { kind, ...rest };
      return kind === unnamed.kind ? undefined : kind;
    },

    endpointRulesOf: (dialect = unnamed) => kindOf(dialects, dialect).endpoint,
  };
}
