import assert from 'node:assert/strict';
import {
  type ClusterSource,
  type Layer,
  readClusters,
  withMarks,
} from '../../../../src/core/cluster/settings';
import { parseDefinition } from '../../../../src/core/cluster/definition';
import { definitionRules } from '../../../../src/ui/clusters/definitionRules';

const guid = '1a2b3c4d-0000-4000-8000-00000000abcd';
const base = { name: 'contoso', endpoint: 'contoso', tenantId: guid, clientId: guid };
const address = 'https://contoso-kafkarest.azurehdinsight.net';

const user = (value: unknown): Layer => ({ source: { scope: 'user' }, value });
const workspace = (value: unknown): Layer => ({ source: { scope: 'workspace' }, value });
const folder = (name: string, value: unknown): Layer => {
  return { source: { scope: 'folder', folder: `file:///${name}` }, value };
};

/** A person who agrees to all clusters of a workspace, and one who agrees to none. */
const all = () => true;
const none = () => false;

/** The protection of the one cluster that a workspace defines, beside the user's own settings. */
function protectionOf(theirs: object, ...own: readonly object[]): unknown {
  const layers = [user(own), workspace([{ ...base, ...theirs }])];
  const { clusters } = readClusters(layers, definitionRules, all);
  return clusters.find(({ source }) => source.scope === 'workspace')?.definition.protection;
}

/** Each cluster with its place: "contoso: user 0". */
function listed(...layers: readonly Layer[]): readonly string[] {
  return readClusters(layers, definitionRules, all).clusters.map(
    ({ definition: { name }, source, index }) => `${name}: ${wordOf(source)} ${index}`,
  );
}

/** Each entry that cannot be used: "contoso: user 0: duplicate". */
function refused(...layers: readonly Layer[]): readonly string[] {
  return readClusters(layers, definitionRules, all).invalid.map(
    ({ name, source, index, problem }) => `${name}: ${wordOf(source)} ${index}: ${problem}`,
  );
}

function wordOf({ scope, folder = '' }: ClusterSource): string {
  return scope + folder.replace('file://', '');
}

describe('the clusters of several settings', () => {
  const other = { ...base, name: 'fabrikam', endpoint: 'fabrikam' };

  it('are all there, each with its place', () => {
    const layers = [
      user([base]),
      workspace([other]),
      folder('a', [{ ...base, name: 'x' }]),
      folder('b', ['nonsense', { ...base, name: 'y' }]),
    ];
    assert.deepEqual(listed(...layers), [
      'contoso: user 0',
      'fabrikam: workspace 0',
      'x: folder/a 0',
      'y: folder/b 1',
    ]);
    assert.deepEqual(refused(...layers), ['undefined: folder/b 0: empty']);
  });

  it('stay there where the list of a workspace is empty or none', () => {
    assert.deepEqual(listed(user([base]), workspace([])), ['contoso: user 0']);
    assert.deepEqual(listed(user([base]), workspace('contoso')), ['contoso: user 0']);
  });

  it('are taken from the nearest of those with one name, and the others are reported', () => {
    const layers = [
      user([other, base]),
      workspace([{ ...base, endpoint: 'elsewhere' }]),
      folder('a', [{ ...other, endpoint: 'nowhere' }]),
    ];
    assert.deepEqual(listed(...layers), ['contoso: workspace 0', 'fabrikam: folder/a 0']);
    assert.deepEqual(refused(...layers), [
      'fabrikam: user 0: hidden-by-workspace',
      'contoso: user 1: hidden-by-workspace',
    ]);
  });

  it('are no two clusters where they say the same', () => {
    const layers = [user([{ ...base, protection: 'production' }]), workspace([{ ...base }])];
    assert.deepEqual(listed(...layers), ['contoso: workspace 0']);
    assert.deepEqual(refused(...layers), []);
  });
});

describe('the clusters of a workspace', () => {
  it('keep the protection that the user gives their endpoint, under whatever name', () => {
    for (const protection of ['production', 'readOnly'] as const) {
      const own = { ...base, protection };
      assert.equal(protectionOf({}, own), protection);
      assert.equal(protectionOf({ protection: 'none' }, own), protection);
      assert.equal(protectionOf({ name: 'test', endpoint: `${address}/` }, own), protection);
      assert.equal(protectionOf({ endpoint: `${address}:443` }, own), protection);
      assert.equal(protectionOf({ endpoint: address.toUpperCase() }, own), protection);
      assert.equal(protectionOf({ endpoint: address.replace('.net', '.net.') }, own), protection);
    }
  });

  it('can be protected more than by the user, never less', () => {
    const of = (theirs: string, own: string) =>
      protectionOf({ protection: theirs }, { ...base, protection: own });
    assert.equal(of('readOnly', 'production'), 'readOnly');
    assert.equal(of('production', 'readOnly'), 'readOnly');
    assert.equal(of('production', 'none'), 'production');
    assert.equal(of('none', 'none'), 'none');
  });

  it('get the strictest of several that the user has for the endpoint', () => {
    const own = (['production', 'readOnly', 'none'] as const).map((protection) => ({
      ...base,
      name: protection,
      protection,
    }));
    assert.equal(protectionOf({}, ...own), 'readOnly');
  });

  it('are protected where the entry of the user is wrong elsewhere, or its protection is', () => {
    assert.equal(protectionOf({}, { endpoint: address, protection: 'production' }), 'production');
    assert.equal(protectionOf({}, { ...base, protection: 'prodution' }), 'readOnly');
    assert.equal(protectionOf({}, { ...base, protection: ['none'] }), 'readOnly');
  });

  it('are not led around it by another path of the same origin', () => {
    const own = { ...base, protection: 'production' };
    for (const path of ['/x', '//', '/;', '/%2e%2e/', '/%76%31/..%2f']) {
      assert.equal(protectionOf({ endpoint: `${address}${path}` }, own), 'production', path);
    }
  });

  it('are as free as the user leaves exactly their endpoint, or other hosts', () => {
    const shared = 'https://proxy.example.com';
    const production = { ...base, endpoint: `${shared}/production`, protection: 'production' };
    const test = { ...base, name: 'test', endpoint: `${shared}/test` };
    assert.equal(protectionOf({ endpoint: `${shared}/test` }, production, test), 'none');
    assert.equal(protectionOf({ endpoint: 'fabrikam' }, production), 'none');
    assert.equal(protectionOf({ endpoint: `${shared}:8443` }, production), 'none');
  });

  it('use plain http only where the user allows it for their endpoint', () => {
    const plain = { ...base, endpoint: 'http://kafka.example.com', allowHttp: true };
    const problems = (own: readonly unknown[]) =>
      readClusters([user(own), workspace([plain])], definitionRules, all)
        .invalid.filter(({ source }) => source.scope === 'workspace')
        .map(({ field, problem }) => `${field}: ${problem}`);
    assert.deepEqual(problems([]), ['endpoint: http-not-yours']);
    assert.deepEqual(problems([{ ...plain, allowHttp: false }]), ['endpoint: http-not-yours']);
    assert.deepEqual(problems([{ ...plain, allowHttp: 'true' }]), ['endpoint: http-not-yours']);
    assert.deepEqual(problems([{ ...plain, endpoint: 'http://kafka.example.com/other' }]), [
      'endpoint: http-not-yours',
    ]);
    assert.deepEqual(problems([{ ...plain, name: 'mine' }]), []);
  });
});

describe('the clusters that a workspace offers', () => {
  const mine = { ...base, endpoint: 'mine' };

  /** Each cluster, and each that is only offered: "contoso of user". */
  function read(layers: readonly Layer[], isAgreed: (name: string) => boolean) {
    const all = readClusters(layers, definitionRules, ({ name }) => isAgreed(name));
    const word = ({ definition, source }: (typeof all.clusters)[number]) =>
      `${definition.name} of ${wordOf(source)}`;
    return { used: all.clusters.map(word), offered: all.offered.map(word), invalid: all.invalid };
  }

  it('are only offered until the person agrees, and hide none of theirs', () => {
    const layers = [user([mine]), workspace([base]), folder('a', [{ ...base, name: 'b' }])];
    assert.deepEqual(read(layers, none), {
      used: ['contoso of user'],
      offered: ['contoso of workspace', 'b of folder/a'],
      invalid: [],
    });
    const later = read(layers, (name) => name === 'contoso');
    assert.deepEqual(later.used, ['contoso of workspace']);
    assert.deepEqual(later.offered, ['b of folder/a']);
    assert.deepEqual(
      later.invalid.map(({ problem }) => problem),
      ['hidden-by-workspace'],
    );
  });

  it('need no agreement where the person has the same ones', () => {
    const layers = [user([{ ...base, protection: 'production' }]), workspace([base])];
    assert.deepEqual(read(layers, none), {
      used: ['contoso of workspace'],
      offered: [],
      invalid: [],
    });
  });

  it('are agreed to as their author wrote them', () => {
    const layers = [user([{ ...mine, endpoint: 'contoso' }]), workspace([{ ...base, name: 'b' }])];
    const protectedLayers = [user([{ ...base, protection: 'readOnly' }]), ...layers.slice(1)];
    for (const each of [layers, protectedLayers]) {
      const seen: string[] = [];
      const { offered } = readClusters(each, definitionRules, ({ protection }) => {
        seen.push(protection);
        return false;
      });
      assert.deepEqual(seen, ['none']);
      assert.equal(offered[0]?.asWritten.protection, 'none');
    }
  });
});

describe('the clusters of the user', () => {
  it('are as the user says, each for itself', () => {
    const own = [
      { ...base, protection: 'readOnly' },
      { ...base, name: 'writer', protection: 'production' },
      { ...base, name: 'plain', endpoint: 'http://kafka.example.com', allowHttp: true },
      { ...base, name: 'writer' },
      { ...base, name: 'odd', endpoint: 'http://kafka.example.com' },
    ];
    const { clusters, invalid } = readClusters([user(own)], definitionRules, none);
    assert.deepEqual(
      clusters.map(({ definition: { name, protection } }) => [name, protection]),
      [
        ['contoso', 'readOnly'],
        ['writer', 'production'],
        ['plain', 'none'],
      ],
    );
    assert.deepEqual(
      invalid.map(({ index, name, problem }) => [index, name, problem]),
      [
        [3, 'writer', 'duplicate'],
        [4, 'odd', 'not-https'],
      ],
    );
  });

  it('are none where the setting is no list', () => {
    for (const value of [undefined, null, {}, 'contoso', 7]) {
      const layers = [user(value), workspace(value)];
      assert.deepEqual(readClusters(layers, definitionRules, all), {
        clusters: [],
        offered: [],
        invalid: [],
      });
    }
  });

  it('take over the marks of a definition, and keep all else that they hold', () => {
    const parsed = parseDefinition(
      { ...base, name: 'other', protection: 'production' },
      definitionRules,
    );
    assert.ok('definition' in parsed);
    const { definition } = parsed;
    const entries = [{ ...base, more: 1 }, { ...base, endpoint: 'fabrikam' }, 'nonsense'];
    const marked = withMarks(entries, definition, definitionRules);
    assert.deepEqual(marked, [
      { ...(entries[0] as object), protection: 'production' },
      ...entries.slice(1),
    ]);
    assert.deepEqual(
      withMarks(marked, { ...definition, protection: 'none' }, definitionRules),
      entries,
    );
  });

  it('take over that plain http is allowed', () => {
    const plain = { ...base, endpoint: 'http://kafka.example.com' };
    const parsed = parseDefinition({ ...plain, allowHttp: true }, definitionRules);
    assert.ok('definition' in parsed);
    assert.deepEqual(withMarks([plain], parsed.definition, definitionRules), [
      { ...plain, allowHttp: true },
    ]);
  });
});
