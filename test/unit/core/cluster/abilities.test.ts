import assert from 'node:assert/strict';
import { type Ability, inabilityOf } from '../../../../src/core/cluster/abilities';
import type { Capabilities } from '../../../../src/core/kafka';
import { NO_CAPABILITIES } from '../../../support/proxies/capabilities';
import { HDINSIGHT } from '../../../support/kafkaFiles';

describe('what a cluster offers', () => {
  const all: Capabilities = {
    ...NO_CAPABILITIES,
    createTopic: { properties: true },
    ...HDINSIGHT,
  };
  const abilities: readonly Ability[] = ['read', 'produce', 'createTopic'];

  function inabilities(protection: 'none' | 'readOnly', capabilities: Capabilities) {
    const definition = { name: 'dev', protection };
    return abilities.map((ability) => inabilityOf({ definition, capabilities }, ability));
  }

  it('is all that its REST proxy can do', () => {
    assert.deepEqual(inabilities('none', all), [undefined, undefined, undefined]);
    const none = inabilities('none', NO_CAPABILITIES);
    assert.deepEqual(none, ['unsupported', 'unsupported', 'unsupported']);
  });

  it('is reading alone where it is read-only; what it cannot do at all is said first', () => {
    assert.deepEqual(inabilities('readOnly', all), [undefined, 'read-only', 'read-only']);
    const mute = { ...all, produce: false } as const;
    assert.deepEqual(inabilities('readOnly', mute), [undefined, 'unsupported', 'read-only']);
  });
});
