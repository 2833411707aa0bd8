import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { needsLanguageServer, SchemaMemory } from '../../../../src/ui/fileSchemas/schemaMemory';

describe('the memory of schemas of files', () => {
  let stored: unknown;
  const state: Pick<vscode.Memento, 'get' | 'update'> = {
    get: () => stored as never,
    update: (_, value) => {
      stored = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
  const orders = { cluster: 'contoso', topic: 'orders', value: 'avro(orders-value)' };

  beforeEach(() => {
    stored = undefined;
  });

  it('keeps them until they are forgotten', async () => {
    const memory = new SchemaMemory(state);
    await memory.set('file:///a.json', orders);
    assert.deepEqual(new SchemaMemory(state).get('file:///a.json'), orders);
    await memory.set('file:///a.json', undefined);
    assert.equal(memory.get('file:///a.json'), undefined);
  });

  it('is bounded: those that were chosen first go first', async () => {
    const memory = new SchemaMemory(state);
    for (let n = 0; n < 100; n++) await memory.set(`file:///${n}.json`, orders);
    await memory.set('file:///0.json', { value: 'protobuf(order.proto)' });
    await memory.set('file:///100.json', orders);
    assert.equal(memory.get('file:///1.json'), undefined);
    assert.deepEqual(memory.get('file:///0.json'), { value: 'protobuf(order.proto)' });
  });

  it('survives a state that something else has written', () => {
    stored = { 'file:///a.json': 7, 'file:///b.json': { value: 7, cluster: 'contoso' } };
    const memory = new SchemaMemory(state);
    assert.equal(memory.get('file:///a.json'), undefined);
    assert.deepEqual(memory.get('file:///b.json'), { cluster: 'contoso' });
    assert.equal(memory.get('__proto__'), undefined);
  });

  it('says with which documents the language server starts', async () => {
    await new SchemaMemory(state).set('file:///a.json', orders);
    const needs = needsLanguageServer(state);
    const open = (languageId: string, uri: string) =>
      needs({ languageId, uri: { toString: () => uri } });
    assert.equal(open('json', 'file:///a.json'), true);
    assert.equal(open('json', 'file:///b.json'), false);
    assert.equal(open('kafkarest', 'file:///b.kafka'), true);
  });
});
