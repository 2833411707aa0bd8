/** What the bundle `exchange` offers, which is loaded when clusters are first exported or imported. */
export { exportClusters } from './exportClusters';
export { importClusters } from './importClusters';
