import assert from 'node:assert/strict';
import { Menu } from '../../../../../src/ui/tree/nodes/menu';

describe('the menu of a node', () => {
  const menu = new Menu(['consume', 'produceMessage', 'refresh'], ['produceMessage', 'refresh']);

  it('names its commands, and those with an icon on the row', () => {
    const words = 'consume produceMessage refresh inline-produceMessage inline-refresh';
    assert.equal(
      menu.words(() => true),
      words,
    );
    assert.equal(
      Menu.none.words(() => true),
      '',
    );
  });

  it('offers nothing that the cluster does not offer', () => {
    assert.equal(
      menu.words((need) => need === 'read'),
      'consume refresh inline-refresh',
    );
    assert.equal(
      menu.words((need) => need === 'produce'),
      'produceMessage refresh inline-produceMessage inline-refresh',
    );
    const secret = new Menu(['replaceSecret', 'refresh']);
    assert.equal(
      secret.words((need) => need !== 'secret'),
      'refresh',
    );
    const writing = new Menu(['createTopic', 'produceMessage', 'produceFile'], ['createTopic']);
    assert.equal(
      writing.words(() => false),
      '',
    );
  });
});
