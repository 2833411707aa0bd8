import { Host } from './host';
import { Viewer } from './viewer';
import './style.css';

const host = new Host();
const viewer = new Viewer(host);
document.body.append(viewer.element);
viewer.restyle();
// The window may get the focus later, but what has the focus in it keeps it.
if (document.hasFocus()) viewer.enter();
window.addEventListener('focus', () => {
  viewer.enter();
});
// VS Code sets the class of the body together with the colours of the theme.
new MutationObserver(() => {
  viewer.restyle();
}).observe(document.body, { attributeFilter: ['class'] });
host.listen((message) => {
  viewer.take(message);
});
host.tell({ type: 'ready' });
