import assert from 'node:assert/strict';
import { UNKNOWN_STATE } from '../../../src/language/catalog';
import type { CatalogSource } from '../../../src/language/catalogCache';
import { CatalogCache, MAX_SCHEMAS } from '../../../src/language/catalogCache';
import type { FileState, TopicInfo } from '../../../src/language/protocol';
import { catalog, NO_SCHEMA_SOURCE } from '../../support/kafkaFiles';

const URI = 'file:///a.kafka';
const { state } = catalog();

/** A cache whose questions are answered by hand. */
function setUp() {
  const asked: string[] = [];
  const answers = new Map<string, (value: unknown) => void>();
  const ask = <T>(name: string, decode: (value: unknown) => T): Promise<T> => {
    asked.push(name);
    return new Promise<unknown>((resolve) => answers.set(name, resolve)).then(decode);
  };
  const source: CatalogSource = {
    fileState: (uri) => ask(`state ${uri}`, (value) => value as FileState),
    topics: (cluster) => ask(`topics ${cluster}`, (value) => value as readonly TopicInfo[] | null),
    partitions: () => Promise.reject(new Error('gone')),
    ...NO_SCHEMA_SOURCE,
    versions: (_, subject) => {
      asked.push(`versions ${subject}`);
      return Promise.resolve([1]);
    },
  };
  let changes = 0;
  let changed: () => void = () => undefined;
  let now = 0;
  const cache = new CatalogCache(
    source,
    () => {
      changes += 1;
      changed();
    },
    () => now,
  );
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const answer = (name: string, value: unknown) => {
    const resolve = answers.get(name);
    assert.ok(resolve, `${name} was asked`);
    resolve(value);
  };
  const nextChange = () =>
    new Promise<void>((resolve) => {
      changed = resolve;
    });
  return { cache, asked, answer, pass, nextChange, changes: () => changes };
}

describe('catalog cache', () => {
  it('leaves out what a server calls topics, but would be something else in a file', async () => {
    const { cache, answer, nextChange } = setUp();
    cache.of(URI).topics('hdi');
    const change = nextChange();
    const names = ['orders', 'a\n###\nPRODUCER\ntopic: b', '..', 'a b', '\u202eorders'];
    answer(
      'topics hdi',
      names.map((name) => ({ name })),
    );
    await change;
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'orders' }]);
  });

  it('gives what is known at once, and tells when there is more', async () => {
    const { cache, asked, answer, nextChange } = setUp();
    assert.deepEqual(cache.of(URI).state, UNKNOWN_STATE);
    assert.equal(cache.of(URI).topics('hdi'), undefined);
    assert.deepEqual(asked, [`state ${URI}`, 'topics hdi']);

    const first = nextChange();
    answer(`state ${URI}`, state);
    await first;
    assert.deepEqual(cache.of(URI).state, state);

    const second = nextChange();
    answer('topics hdi', [{ name: 'orders' }]);
    await second;
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'orders' }]);
    assert.equal(asked.length, 2);
  });

  it('waits for answers where it is asked to, but not for ever', async () => {
    const { cache, answer } = setUp();
    const settled = cache.settled(URI, 10_000);
    answer(`state ${URI}`, state);
    assert.deepEqual((await settled).state, state);

    const unreachable = await cache.settled(URI, 5, (known) => known.topics('hdi'));
    assert.equal(unreachable.topics('hdi'), undefined);
  });

  it('does not wait for what others asked for', async () => {
    const { cache, answer } = setUp();
    cache.of(URI).topics('unreachable');
    answer(`state ${URI}`, state);
    assert.deepEqual((await cache.settled(URI, 60_000)).state, state);
  });

  it('takes a failure for not knowing', async () => {
    const { cache, answer, changes } = setUp();
    cache.of(URI).topics('hdi');
    answer(`state ${URI}`, state);
    answer('topics hdi', null);
    const known = await cache.settled(URI, 10_000, (each) => each.partitions('hdi', 'orders'));
    assert.equal(known.partitions('hdi', 'orders'), undefined);
    assert.equal(known.topics('hdi'), undefined);
    assert.equal(changes(), 1);
  });

  it('asks again soon for what could not be found out, and much later for what was', async () => {
    const { cache, asked, answer, pass } = setUp();
    cache.of(URI).topics('hdi');
    answer(`state ${URI}`, state);
    answer('topics hdi', null);
    await cache.settled(URI, 10_000, (known) => known.topics('hdi'));
    const count = (): number => asked.filter((each) => each === 'topics hdi').length;
    pass(1_999);
    cache.of(URI).topics('hdi');
    assert.equal(count(), 1);
    pass(1);
    cache.of(URI).topics('hdi');
    assert.equal(count(), 2);

    answer('topics hdi', [{ name: 'orders' }]);
    await cache.settled(URI, 10_000, (known) => known.topics('hdi'));
    pass(2_000);
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'orders' }]);
    assert.equal(count(), 2);
    pass(58_000);
    cache.of(URI).topics('hdi');
    assert.equal(count(), 3);
  });

  it('asks again after a change, and keeps what it knew until then', async () => {
    const { cache, asked, answer, nextChange } = setUp();
    cache.of(URI).topics('hdi');
    answer(`state ${URI}`, state);
    answer('topics hdi', [{ name: 'old' }]);
    await cache.settled(URI, 10_000, (known) => known.topics('hdi'));

    cache.stateChanged();
    cache.topicsChanged('other');
    assert.deepEqual(cache.of(URI).state, state);
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'old' }]);
    assert.deepEqual(asked, [`state ${URI}`, 'topics hdi', `state ${URI}`]);

    cache.topicsChanged('hdi');
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'old' }]);
    const change = nextChange();
    answer('topics hdi', [{ name: 'new' }]);
    await change;
    assert.deepEqual(cache.of(URI).topics('hdi'), [{ name: 'new' }]);
  });

  it('tells when an answer was outdated on its way', async () => {
    const { cache, asked, answer, nextChange } = setUp();
    cache.of(URI);
    cache.stateChanged();
    const change = nextChange();
    answer(`state ${URI}`, UNKNOWN_STATE);
    await change;
    cache.of(URI);
    assert.equal(asked.length, 2);
  });

  it('forgets only the subject that was not asked for longest where there are many', () => {
    const { cache, asked } = setUp();
    const askFor = (subject: string) => cache.of(URI).versions('hdi', subject);
    const subjects = Array.from({ length: MAX_SCHEMAS }, (_, index) => `subject-${index}`);
    subjects.forEach(askFor);
    askFor('subject-0');
    askFor('another');
    asked.length = 0;
    subjects.filter((subject) => subject !== 'subject-1').forEach(askFor);
    askFor('another');
    assert.deepEqual(asked, []);
    askFor('subject-1');
    assert.deepEqual(asked, ['versions subject-1']);
  });

  it('forgets closed documents', () => {
    const { cache, asked } = setUp();
    cache.of(URI);
    cache.forget(URI);
    cache.of(URI);
    assert.equal(asked.length, 2);
  });
});
