import assert from 'node:assert/strict';
import { accept, children, choose, nextInputBox, nextQuickPick, run, until } from '../support';

describe('The gateway to Kafka', () => {
  it('says what to do if no broker is there, and stays to be mended', async () => {
    const [said = ''] = await run('startGateway', { brokers: '127.0.0.1:9' });
    assert.match(said, /^Could not start the gateway: Kafka cannot be reached: .*127\.0\.0\.1:9/);
    assert.match(said, /Check the address, and whether Kafka runs there\.$/);
    assert.deepEqual(await children(), []);
  });

  it('takes addresses of brokers alone', async () => {
    const [said = ''] = await run('startGateway', { brokers: 'https://kafka.example.com' });
    assert.match(said, /these are not addresses of brokers/);
    const asked = nextQuickPick();
    const running = run('startGateway');
    const page = await asked;
    const question = nextInputBox();
    await choose(page, 'Kafka brokers');
    const box = await question;
    box.value = 'not an address';
    await accept();
    const problem = () =>
      typeof box.validationMessage === 'object'
        ? box.validationMessage.message
        : (box.validationMessage ?? '');
    await until(() => problem().startsWith('Enter addresses such as'), 'it is refused');
    const again = nextQuickPick();
    box.value = 'SASL_SSL://127.0.0.1:9';
    await accept();
    const changed = await again;
    await until(() => changed.items.length > 3, 'the page');
    const described = new Map(changed.items.map(({ label, description }) => [label, description]));
    assert.equal(described.get('Kafka brokers'), '127.0.0.1:9');
    assert.equal(described.get('Encryption'), 'TLS');
    changed.hide();
    await running;
  });
});
