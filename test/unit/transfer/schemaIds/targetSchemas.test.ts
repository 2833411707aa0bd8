import assert from 'node:assert/strict';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { agreeing, framed, recordOf, startRegistries, type TwoRegistries } from './support';

const record = (...fields: readonly string[]): RegisteredSchema => ({
  type: 'AVRO',
  text: `{"type":"record","name":"Order","namespace":"shop","fields":[${fields.join(',')}]}`,
  references: [],
});
const ID = '{"name":"id","type":"long"}';
const NOTE = '{"name":"note","type":"string","default":""}';
const STRICT = '{"name":"strict","type":"string"}';
const proto = (text: string, ...references: RegisteredSchema['references']): RegisteredSchema => ({
  type: 'PROTOBUF',
  text: `syntax = "proto3"; ${text}`,
  references,
});
const MORE = 'ff ff ff ff ff 01';

describe('Schemas that the other registry lacks', () => {
  let two: TwoRegistries;

  beforeEach(async () => {
    two = await startRegistries();
  });

  afterEach(() => two.stop());

  it('are registered once agreed to, in the order of their versions', async () => {
    await two.from.register('orders-value', record(ID));
    const second = await two.from.register('orders-value', record(ID, NOTE));
    const agree = agreeing(two.to);
    const { records, ids } = two.open(agree);
    const [result] = await records.exchange([recordOf(framed(second, MORE))], {});
    assert.deepEqual(agree.asked, [['copies-value@1', 'copies-value@2']]);
    assert.equal(ids.registered, 2);
    assert.deepEqual(await two.to.versions('copies-value'), [1, 2]);
    const { id, schema } = await two.to.version('copies-value', 2);
    assert.deepEqual(schema, record(ID, NOTE));
    assert.deepEqual(result?.record?.value, framed(id, MORE));
    // The first one is there now.
    await records.exchange([recordOf(framed(1, MORE))], {});
    assert.equal(agree.asked.length, 1);
    assert.equal(ids.exchanged.length, 2);
  });

  it('bring what they refer to, under the versions that it has there', async () => {
    const kept = proto('message Customer { string id = 1; }');
    await two.from.register('base', proto('message Base { string id = 1; }'));
    const base = { name: 'base.proto', subject: 'base', version: 1 };
    await two.from.register('customer', kept);
    await two.from.register(
      'customer',
      proto('import "base.proto"; message Customer { string id = 1; Base b = 2; }', base),
    );
    const customer = { name: 'customer.proto', subject: 'customer', version: 2 };
    const order = proto('import "customer.proto"; message Order { Customer by = 1; }', customer);
    const id = await two.from.register('orders-value', order);
    // The target has the first version of the customer as its second.
    await two.to.register('customer', proto('message Customer { }'));
    await two.to.register('customer', kept);

    const agree = agreeing(two.to);
    const { records } = two.open(agree);
    const [result] = await records.exchange([recordOf(framed(id, `00 ${MORE}`))], {});
    assert.deepEqual(agree.asked, [['base@1', 'customer@2', 'copies-value@1']]);
    const { schema, id: there } = await two.to.version('copies-value', 1);
    assert.deepEqual(schema, { ...order, references: [{ ...customer, version: 3 }] });
    assert.deepEqual(result?.record?.value, framed(there, `00 ${MORE}`));
  });

  it('cost few calls although each one is referred to by two others', async () => {
    const levels = 12;
    const register = async (subject: string, of: RegisteredSchema) => {
      await two.from.register(subject, of);
      await two.to.register(subject, of);
      return { name: `${subject}.proto`, subject, version: 1 };
    };
    let [a, b] = [
      await register('a0', proto('message A0 { }')),
      await register('b0', proto('message B0 { }')),
    ];
    for (let level = 1; level <= levels; level += 1) {
      const imports = `import "${a.name}"; import "${b.name}";`;
      [a, b] = [
        await register(`a${level}`, proto(`${imports} message A${level} { }`, a, b)),
        await register(`b${level}`, proto(`${imports} message B${level} { }`, a, b)),
      ];
    }
    const order = proto(`import "${a.name}"; message Order { }`, a);
    const id = await two.from.register('orders-value', order);
    await two.to.register('copies-value', order);
    const before = two.calls();
    const { records, ids } = two.open();
    const [result] = await records.exchange([recordOf(framed(id, `00 ${MORE}`))], {});
    assert.equal(result?.problem, undefined);
    assert.equal(ids.exchanged.length, 1);
    assert.ok(two.calls() - before < 6 * levels, String(two.calls() - before));
  });

  it('are not registered if nobody agrees, which is asked once for each', async () => {
    const id = await two.from.register('orders-value', record(ID));
    let asked = 0;
    const { records } = two.open(() => {
      asked += 1;
      return Promise.resolve(undefined);
    });
    const problem = { kind: 'not-registered', subject: 'copies-value' };
    for (let n = 0; n < 2; n += 1) {
      const results = await records.exchange([recordOf(framed(id, MORE)), recordOf('text')], {});
      assert.deepEqual(results, [{ problem }, { record: recordOf('text') }]);
    }
    assert.equal(asked, 1);
    assert.ok(!two.target.schemas.subjects.includes('copies-value'));
  });

  it('are refused where they do not fit, in the words of the registry', async () => {
    const id = await two.from.register('orders-value', record(ID, STRICT));
    await two.to.register('copies-value', record(ID));
    const { records, ids } = two.open(agreeing(two.to));
    const [result] = await records.exchange([recordOf(framed(id, MORE))], {});
    const { problem } = result ?? {};
    assert.equal(problem?.kind, 'refused');
    assert.match(problem.detail, /strict/);
    assert.equal(ids.registered, 0);
    assert.deepEqual(await two.to.versions('copies-value'), [1]);
  });

  it('keep the names of subjects that are not those of the topic', async () => {
    const ids = [
      await two.from.register('shop.Order', record(ID)),
      await two.from.register('orders-shop.Other', {
        ...record(ID, NOTE),
        text: record(ID, NOTE).text.replace('Order', 'Other'),
      }),
      await two.from.register(':.ctx:orders-value', record(NOTE)),
      await two.from.register('orders-more', record(NOTE, ID)),
    ];
    const agree = agreeing(two.to);
    const { records } = two.open(agree);
    await records.exchange(
      ids.map((id) => recordOf(framed(id, MORE))),
      {},
    );
    assert.deepEqual(agree.asked.flat(), [
      'shop.Order@1',
      'copies-shop.Other@1',
      ':.ctx:copies-value@1',
      'orders-more@1',
    ]);
  });

  it('go by the topic where the registry does not tell their subjects', async () => {
    const id = await two.from.register('orders-value', record(ID));
    const { guid } = two.source.schemas.schema(id);
    const value = Buffer.concat([
      Buffer.of(1),
      Buffer.from(guid.replaceAll('-', ''), 'hex'),
      Buffer.from(MORE.replaceAll(' ', ''), 'hex'),
    ]);
    const agree = agreeing(two.to);
    await two.open(agree).records.exchange([recordOf(value)], {});
    assert.deepEqual(agree.asked, [['copies-value@1']]);
  });

  it('end a copy when the registry fails while they are registered', async () => {
    const id = await two.from.register('orders-value', record(ID));
    const { records } = two.open(async () => {
      await two.target.stop();
      return two.to;
    });
    await assert.rejects(records.exchange([recordOf(framed(id, MORE))], {}), {
      kind: 'connection',
    });
  });
});
