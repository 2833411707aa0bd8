import type { EndpointRules } from './endpoint';

/** An address of Apicurio's own API, or of one of its calls. */
const APICURIO = /^(https?:\/\/\S*?)\/apis\/registry\/v\d+(?:\/\S*)?$/i;

/**
 * How texts become the address of a schema registry. An address of one of its calls is cut off where
 * the paths of Confluent's API begin. Apicurio has that API below another path than its own.
 */
export const registryEndpoint: EndpointRules = {
  read: (text) => {
    const [, base] = APICURIO.exec(text) ?? [];
    return base === undefined ? undefined : { address: `${base}/apis/ccompat/v7` };
  },
  apiPath: /\/(?:subjects|schemas|config|mode|compatibility)(?=\/|$)/,
};
