import assert from 'node:assert/strict';
import { Menu, type Obstacle } from '../../../../../src/ui/tree/nodes/menu';

const nothing = () => undefined;
const readOnly = (need: string): Obstacle | undefined =>
  need === 'produce' || need === 'createTopic' ? 'read-only' : undefined;

describe('the menu of a node', () => {
  const menu = new Menu(['consume', 'produceMessage', 'refresh'], ['produceMessage', 'refresh']);

  it('names its commands, and those with an icon on the row', () => {
    const words = 'consume produceMessage refresh inline-produceMessage inline-refresh';
    assert.equal(menu.words(nothing), words);
    assert.equal(Menu.none.words(nothing), '');
  });

  it('keeps what a read-only cluster refuses, greyed and with the reason, but no icon for it', () => {
    assert.equal(
      menu.words(readOnly),
      'consume produceMessage refresh inline-refresh no-produce readOnly',
    );
  });

  it('says once why several commands are greyed', () => {
    const writing = new Menu(['createTopic', 'produceMessage', 'produceFile'], ['createTopic']);
    assert.equal(
      writing.words(readOnly),
      'createTopic produceMessage produceFile no-createTopic no-produce readOnly',
    );
  });

  it('says what a REST proxy cannot do', () => {
    assert.equal(
      menu.words((need) => (need === 'read' ? 'unsupported' : undefined)),
      'consume produceMessage refresh inline-produceMessage inline-refresh no-read cannotRead',
    );
    assert.equal(
      new Menu(['createTopic', 'produceFile']).words(() => 'unsupported'),
      'createTopic produceFile no-createTopic no-produce cannotCreateTopics cannotProduce',
    );
  });

  it('says once what a REST proxy does not offer for topics', () => {
    const topics = new Menu(['changeConfiguration', 'addPartitions', 'deleteTopic']);
    assert.equal(
      topics.words((need) => (need === 'alterTopic' ? undefined : 'unsupported')),
      'changeConfiguration addPartitions deleteTopic no-addPartitions no-deleteTopic cannotManageTopics',
    );
    assert.equal(
      topics.words(() => 'read-only'),
      'changeConfiguration addPartitions deleteTopic no-alterTopic no-addPartitions no-deleteTopic readOnly',
    );
  });

  it('leaves out what a cluster has no use for', () => {
    const secret = new Menu(['replaceSecret', 'refresh']);
    assert.equal(
      secret.words((need) => (need === 'secret' ? 'needless' : undefined)),
      'refresh',
    );
  });

  it('can be had without some commands', () => {
    assert.equal(menu.without('produceMessage').words(nothing), 'consume refresh inline-refresh');
  });
});
