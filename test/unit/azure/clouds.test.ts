import assert from 'node:assert/strict';
import { cloudOf } from '../../../src/azure/clouds';

describe('the cloud of a cluster', () => {
  it('shows in the name of its host', () => {
    const clouds = ['net', 'us', 'cn'].map(
      (end) => cloudOf(`https://contoso-kafkarest.azurehdinsight.${end}`)?.name,
    );
    assert.deepEqual(clouds, ['public', 'usGovernment', 'china']);
  });

  it('is unknown at another address', () => {
    for (const host of ['localhost', 'azurehdinsight.net.evil.example', 'xazurehdinsight.net']) {
      assert.equal(cloudOf(`https://${host}`), undefined);
    }
  });
});
