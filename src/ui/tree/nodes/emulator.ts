import { ClusterNode } from './cluster';
import { Menu } from './menu';

const menu = new Menu(
  [
    'createTopic',
    'newKafkaFile',
    'testCluster',
    'stopEmulator',
    'refresh',
    'copyName',
    'copyEndpoint',
  ],
  ['stopEmulator', 'refresh'],
);

/** The emulator, a cluster while it runs. */
export class EmulatorNode extends ClusterNode {
  override readonly kind = 'emulator';
  override readonly menu = menu;
  protected override readonly icon = 'beaker';
  protected override readonly expanded = true;
}
