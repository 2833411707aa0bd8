import { temporaryIcons } from '../../clusters/clusters';
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
  protected override readonly icon: string = temporaryIcons.emulator;
  protected override readonly expanded = true;
}

/** A gateway to a real Kafka, a cluster while it runs. What is produced to it stays. */
export class GatewayNode extends EmulatorNode {
  protected override readonly icon: string = temporaryIcons.gateway;
}
