// Starts a Kafka, prints its address when it responds, and ends when standard input does.
import { exitOnSignals } from '../host/processes';
import { startKafka } from './broker';

exitOnSignals();
process.stdin.resume().once('end', () => process.exit());
void startKafka().then(({ bootstrap }) => {
  console.log(bootstrap);
});
