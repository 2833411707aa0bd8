import type { Cluster } from './cluster.js';

/** Creates the sample topics. */
export function addSamples(cluster: Cluster, now: number): void {
  const orders = cluster.create({ name: 'orders', partitions: 3 });
  cluster.append(orders, [{ key: 'customer-1', value: '{"id":1}', timestamp: now }]);
}
