import { ClusterNode } from './cluster';
import { Menu } from './menu';
import type { NodeItem } from './treeNode';

const menu = new Menu(
  ['createTopic', 'newKafkaFile', 'testCluster', 'stopEmulator', 'refresh', 'copyName'],
  ['stopEmulator', 'refresh'],
);

/** The emulator, a cluster while it runs. */
export class EmulatorNode extends ClusterNode {
  override readonly kind = 'emulator';
  override readonly menu = menu;

  override item(): NodeItem {
    return { label: this.cluster, icon: 'beaker', description: this.host, expanded: true };
  }
}
