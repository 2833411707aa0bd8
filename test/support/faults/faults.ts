export * from './connectionFaults';
export * from './instanceFaults';
export * from './responseFaults';
