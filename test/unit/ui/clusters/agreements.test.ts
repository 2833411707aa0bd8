import assert from 'node:assert/strict';
import type { ClusterDefinition } from '../../../../src/core/cluster/definition';
import { Agreements } from '../../../../src/ui/clusters/agreements';

const contoso: ClusterDefinition = {
  name: 'contoso',
  endpoint: 'https://contoso.example',
  dialect: { kind: 'hdinsight-v1' },
  signIn: { username: 'me', kind: 'basic' },
  protection: 'none',
};

/** What VS Code keeps of a workspace. */
function startState(initial: Readonly<Record<string, unknown>> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    values,
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key) as undefined,
    update: (key: string, value: unknown) => {
      values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}

describe('an agreement to use a cluster of the workspace', () => {
  it('is for exactly one definition, and is remembered', async () => {
    const state = startState();
    await new Agreements(state).add(contoso);
    const agreements = new Agreements(state);
    assert.ok(agreements.has(contoso));
    const changes: readonly Partial<ClusterDefinition>[] = [
      { name: 'Contoso' },
      { endpoint: 'https://contoso.example/other' },
      { dialect: { kind: 'strimzi' } },
      { signIn: { ...contoso.signIn, username: 'you' } },
      { signIn: { kind: 'none' } },
      { caFile: '/ca.pem' },
      { protection: 'production' },
    ];
    for (const change of changes) assert.ok(!agreements.has({ ...contoso, ...change }));
    assert.ok(
      agreements.has({
        ...contoso,
        signIn: { kind: 'basic', username: 'me', certificateFile: '' },
      }),
    );
    assert.ok(
      !JSON.stringify([...state.values]).includes('contoso'),
      'names stay out of the state',
    );
  });

  it('ends with the definition that a person replaces', async () => {
    const agreements = new Agreements(startState());
    await agreements.add(contoso);
    const production: ClusterDefinition = { ...contoso, protection: 'production' };
    await agreements.add(production, contoso);
    assert.deepEqual([agreements.has(contoso), agreements.has(production)], [false, true]);
  });

  it('is not had because of a state that cannot be read', () => {
    for (const wrong of [undefined, 7, 'all', { length: 1 }, [7, null]]) {
      const agreements = new Agreements(startState({ 'kafkaRest.agreedClusters': wrong }));
      assert.ok(!agreements.has(contoso));
    }
  });

  it('is asked for once', async () => {
    const state = startState();
    const other = { ...contoso, name: 'other' };
    assert.deepEqual(await new Agreements(state).newOf([contoso]), [contoso]);
    assert.deepEqual(await new Agreements(state).newOf([contoso, other]), [other]);
    assert.deepEqual(await new Agreements(state).newOf([contoso, other]), []);
  });

  it('outlives many others', async () => {
    const state = startState();
    const agreements = new Agreements(state);
    for (let each = 0; each < 600; each++) {
      await agreements.add({ ...contoso, name: String(each) });
    }
    assert.ok(agreements.has({ ...contoso, name: '599' }));
    assert.ok(!agreements.has({ ...contoso, name: '0' }), 'the state does not grow for ever');
  });
});
