import type { Connections } from '../clusters/connections';
import type { TopicChanges } from '../clusters/topicChanges';
import type { Targets } from '../targets/targets';
import type { Pins } from '../tree/memory/pins';

/** What the commands that change topics work with. */
export interface AdministrationServices {
  readonly connections: Connections;
  readonly targets: Targets;
  readonly topics: TopicChanges;
  readonly pins: Pins;
}
