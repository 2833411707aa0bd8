import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../../../../src/core/errors';
import { outlasts, stateAfter } from '../../../../../src/ui/tree/memory/clusterStates';

const after = (kind: KafkaErrorKind) => stateAfter(new KafkaError(kind, {}), 5)?.kind;

describe('the state of a cluster', () => {
  it('is connected after a response, even one that refuses', () => {
    assert.deepEqual(stateAfter(undefined, 5), { kind: 'connected', at: 5 });
    for (const kind of ['forbidden', 'not-found', 'rejected', 'throttled'] as const) {
      assert.equal(after(kind), 'connected', kind);
    }
  });

  it('is not signed in where the sign-in failed', () => {
    for (const kind of ['secret-missing', 'secret-wrong', 'unauthorized'] as const) {
      assert.equal(after(kind), 'notSignedIn', kind);
    }
  });

  it('is unreachable after any other failure on the way', () => {
    for (const kind of ['host-not-found', 'tls', 'timeout', 'unavailable', 'protocol'] as const) {
      assert.equal(after(kind), 'unreachable', kind);
    }
  });

  it('stays what it was after a failure that says nothing about the cluster', () => {
    assert.equal(after('closed'), undefined);
    assert.equal(stateAfter(new TypeError('a mistake of ours'), 5), undefined);
  });

  it('leaves a list true unless what it belongs to is gone', () => {
    assert.equal(outlasts(new KafkaError('timeout', {})), true);
    assert.equal(outlasts(new KafkaError('not-found', {})), false);
  });
});
