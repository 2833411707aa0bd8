import { Host } from './host';
import { Viewer } from './viewer';
import './style.css';

const host = new Host();
const viewer = new Viewer(host);
document.body.append(viewer.element);
host.listen((message) => {
  viewer.take(message);
});
host.tell({ type: 'ready' });
