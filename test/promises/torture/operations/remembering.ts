import assert from 'node:assert/strict';
import { PLAIN, type RecordFormats } from '../../../../src/core/message/codec';
import { deleteOn, forget } from '../../../../src/ui/administration/deletion';
import type { AdministrationServices } from '../../../../src/ui/administration/services';
import { readAzureMemory, rememberAzure } from '../../../../src/ui/clusters/azure/azureMemory';
import { Targets } from '../../../../src/ui/targets/targets';
import { RestFormats } from '../../../../src/ui/transfer/restFormats';
import { Pins } from '../../../../src/ui/tree/memory/pins';
import { ColumnMemory } from '../../../../src/ui/viewer/columnMemory';
import { defaultColumns } from '../../../../src/viewer/columns';
import { type Operation, tell } from '../../faults/operations/operation';
import { FailingState } from '../seams/storage';

const cluster = 'cell';
const FORMATS: RecordFormats = { key: PLAIN, value: { kind: 'avro', argument: 'orders-value' } };

function open(state: FailingState) {
  const targets = new Targets(state, {
    ...{ selected: () => undefined, active: () => undefined, can: () => true },
  });
  const pins = new Pins(state, () => undefined);
  return { targets, pins };
}

/** What only saves a person time never makes fail what they have asked for. */
export const remembered: Operation = {
  name: 'remember what was chosen',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { topic } = cell;
    const state = new FailingState();
    const { targets } = open(state);
    const columns = { ...defaultColumns, fields: ['value$.id'] } as const;
    const told = await tell(cell, 'view messages', async () => {
      await targets.used({ cluster, topic });
      await new ColumnMemory(state).remember(cluster, topic, columns);
      await new RestFormats(state).set(['file:///a.rest.jsonl'], FORMATS);
      await rememberAzure(state, { by: 'account' });
    });
    return {
      ...told,
      verify: () => {
        assert.equal(told.outcome, 'ok');
        // Each of them is as it was, or as it is now.
        const [used] = targets.list('read');
        assert.ok(!used || used.topic === topic);
        const { fields = [] } = new ColumnMemory(state).layoutOf(cluster, topic);
        assert.ok(fields.length === 0 || fields[0] === 'value$.id');
        const formats = new RestFormats(state).get('file:///a.rest.jsonl');
        assert.deepEqual(formats ?? FORMATS, FORMATS);
        assert.equal(readAzureMemory(state).by ?? 'account', 'account');
      },
    };
  },
};

/** A topic that is gone is said to be, also if it cannot be taken out of what is remembered. */
export const deletedAndForgotten: Operation = {
  name: 'delete a topic that is pinned',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { proxy, emulator, signal } = cell;
    const topic = `${cell.topic}-pinned`;
    emulator.createTopic({ name: topic, partitions: 1 });
    const state = new FailingState();
    const services = { ...open(state), topics: { tell: () => undefined } };
    await state.update('kafkaRest.pinnedTopics', { [cluster]: [topic, 'other'] });
    await state.update('kafkaRest.usedTargets', [{ cluster, topic }]);
    const told = await tell(cell, 'delete the topic', async () => {
      await deleteOn(proxy, { cluster, topic }, signal);
      // Of the services, it uses what is here.
      await forget(services as unknown as AdministrationServices, { cluster, topics: [topic] });
    });
    return {
      ...told,
      verify: async () => {
        const names = (await proxy.topics()).map(({ name }) => name);
        if (told.outcome !== 'unclear') {
          assert.equal(names.includes(topic), told.outcome !== 'ok');
        }
        assert.ok(services.pins.of(cluster).has('other'));
      },
    };
  },
};
