import assert from 'node:assert/strict';
import { signInRules } from '../../../../src/auth/methods/registry';
import {
  type DefinitionRules,
  parseDefinition,
  parseName,
  toSetting,
} from '../../../../src/core/cluster/definition';
import { type Layer, readClusters } from '../../../../src/core/cluster/settings';
import type { Dialect } from '../../../../src/core/dialects/dialect';
import { hdinsight } from '../../../../src/core/dialects/hdinsight/dialect';
import { dialectRulesOf } from '../../../../src/core/dialects/rules';

const plain: Dialect = {
  kind: 'plain',
  fields: {},
  endpoint: {
    read: (text) => (text === 'near' ? { address: 'https://near.example.com' } : undefined),
  },
  signIn: 'none',
  signIns: ['none'],
  capabilities: hdinsight.capabilities,
};

/** A dialect with settings of its own and without short forms. */
const rich: Dialect = {
  kind: 'rich',
  fields: { clusterId: { parse: parseName }, prefix: { parse: parseName, fallback: 'vscode' } },
  signIn: 'basic',
  signIns: ['basic'],
  capabilities: hdinsight.capabilities,
};

const rules: DefinitionRules = { signIn: signInRules, dialect: dialectRulesOf([plain, rich]) };

function parse(members: object): ReturnType<typeof parseDefinition> {
  const entry = { name: 'dev', endpoint: 'near', signIn: { kind: 'none' }, ...members };
  return parseDefinition(entry, rules);
}

describe('the dialect in the settings', () => {
  it('is the first one if it is not named, and then is not written', () => {
    for (const members of [{}, { dialect: 'plain' }, { dialect: { kind: 'plain' } }]) {
      const parsed = parse(members);
      assert.ok('definition' in parsed);
      assert.deepEqual(parsed.definition.dialect, { kind: 'plain' });
      assert.ok(!('dialect' in toSetting(parsed.definition, rules, members)));
    }
  });

  it('has fields of its own, which are validated and written without their defaults', () => {
    const dialect = { kind: 'rich', clusterId: ' lkc-1 ' };
    const parsed = parse({ dialect });
    assert.ok('definition' in parsed);
    const { definition } = parsed;
    assert.deepEqual(definition.dialect, { kind: 'rich', clusterId: 'lkc-1', prefix: 'vscode' });
    const written = toSetting(definition, rules, { dialect: { ...dialect, colour: 'red' } });
    assert.deepEqual(written['dialect'], { kind: 'rich', clusterId: 'lkc-1', colour: 'red' });
    const again = parseDefinition(written, rules);
    assert.deepEqual(again, parsed);
  });

  it('names the field that is wrong', () => {
    for (const [dialect, field, problem] of [
      ['other', 'dialect', 'not-a-dialect'],
      [7, 'dialect', 'not-a-dialect'],
      [{ kind: 'toString' }, 'dialect', 'not-a-dialect'],
      ['rich', 'dialect.clusterId', 'empty'],
      [{ kind: 'rich', clusterId: 'a', prefix: 'a\u200b' }, 'dialect.prefix', 'has-hidden'],
    ] as const) {
      assert.deepEqual(parse({ dialect }), { field, problem, name: 'dev' });
    }
  });

  it('decides how the endpoint is read', () => {
    const endpointOf = (members: object) => {
      const parsed = parse(members);
      return 'definition' in parsed ? parsed.definition.endpoint : undefined;
    };
    assert.equal(endpointOf({}), 'https://near.example.com');
    assert.equal(endpointOf({ dialect: { kind: 'rich', clusterId: 'a' } }), 'https://near');
  });

  it('cannot be used to get around the protection of an endpoint', () => {
    const own = (dialect: unknown) => [
      { name: 'mine', endpoint: 'near', dialect, protection: 'readOnly' },
    ];
    const theirs = {
      name: 'theirs',
      endpoint: 'https://near.example.com',
      dialect: { kind: 'rich', clusterId: 'a' },
      signIn: { kind: 'none' },
    };
    for (const dialect of [undefined, 'plain', 'of a later version']) {
      const layers: readonly Layer[] = [
        { source: { scope: 'user' }, value: own(dialect) },
        { source: { scope: 'workspace' }, value: [theirs] },
      ];
      const { clusters } = readClusters(layers, rules, () => true);
      const found = clusters.find(({ source }) => source.scope === 'workspace');
      assert.equal(found?.definition.protection, 'readOnly', dialect);
    }
  });
});
