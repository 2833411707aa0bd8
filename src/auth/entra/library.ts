// What is used of the package; all else is left out of its bundle.
export { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
