/** Matches where the path of the API v2 begins, for `EndpointRules.apiPath`. */
export const V2_API_PATH = /(?<!\/)\/+(?:topics|brokers|consumers)(?:\/.*)?$/i;
