import type { EndpointReading, EndpointRules } from '../../cluster/endpoint';

/** What a text may be that people take for the address of the REST proxy. */
export type HdinsightRemark =
  /** The gateway of the cluster, where Ambari is. */
  | 'gateway'
  | 'ssh'
  /** The cluster's page in the Azure portal, or its resource ID. */
  | 'resource'
  /** A node of the cluster, which only the network of the cluster knows. */
  | 'node'
  /** The host of the scope for signing in. */
  | 'scope'
  /** A page of the portal that is not about one cluster. */
  | 'portal'
  /** Documentation, or another service of Azure. */
  | 'page';

const CLUSTER_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RESOURCE = /\/providers\/microsoft\.hdinsight\/clusters\/([a-z0-9-]+)/i;
const PORTAL = /^(?:https?:\/\/)?(?:[a-z]+\.)?portal\.azure\.(?:com|cn|us)(?:[/?#].*)?$/i;
/** The host may be the one of a private link, whose certificate has the usual name. */
const HOST =
  /^(?:https?:\/\/)?([a-z0-9-]+)\.(?:privatelink\.)?(azurehdinsight\.(?:net|cn|us))\.?(?::(\d+))?(?:[/?#].*)?$/i;
const PAGE =
  /^(?:https?:\/\/)?(?:(?:[a-z]+\.)?microsoft\.com|(?:management|shell)\.azure\.com|login\.microsoftonline\.com)(?:[/?#].*)?$/i;
const SSH =
  /^(?:(?:ssh|https?):\/\/)?(?:[\w.-]+@)?([a-z0-9-]+)-ssh\.(azurehdinsight\.(?:net|cn|us))(?::\d+)?(?:\/.*)?$/i;
const NODE =
  /^(?:https?:\/\/)?(?:(?:hn|wn|zk)\d+-[a-z0-9-]+(?:\.|$)|[^/]*\.internal\.cloudapp\.net\b)/i;

/** How HDInsight names the REST proxies and the other services of its clusters. */
export const hdinsightEndpoint = {
  apiPath: /(?<!\/)\/+v1(?=\/*$|\/+(?:v1|metadata|producer|consumer|topics)(?:\/|$))/i,
  clusterOf: (host) => /^([a-z0-9-]+?)-kafkarest(?:-int)?\.azurehdinsight\./.exec(host)?.[1],
  read: (text) => readResource(text) ?? readHost(text) ?? readName(text),
} as const satisfies EndpointRules<HdinsightRemark>;

/** The bare name of a cluster stands for the address that HDInsight gives to its REST proxy. */
function readName(text: string): EndpointReading<HdinsightRemark> | undefined {
  const name = text.replace(/(?<!\/)\/+$/, '');
  return CLUSTER_NAME.test(name) && !GUID.test(name) && name !== 'localhost'
    ? { address: addressOf(name) }
    : undefined;
}

function readResource(text: string): EndpointReading<HdinsightRemark> | undefined {
  const [, name] = RESOURCE.exec(text.replace(/%2f/gi, '/')) ?? [];
  if (name !== undefined) {
    return { address: addressOf(name, `azurehdinsight.${cloudOf(text)}`), remark: 'resource' };
  }
  if (PORTAL.test(text)) return { remark: 'portal' };
  return PAGE.test(text) ? { remark: 'page' } : undefined;
}

/** Returns the end of host names in the cloud that a page belongs to. */
function cloudOf(page: string): string {
  if (/^https?:\/\/[^/]*\.cn\//i.test(page)) return 'cn';
  return /^https?:\/\/[^/]*\.(?:us|usgovcloudapi\.net)\//i.test(page) ? 'us' : 'net';
}

function readHost(text: string): EndpointReading<HdinsightRemark> | undefined {
  if (NODE.test(text)) return { remark: 'node' };
  const [, sshName, sshDomain] = SSH.exec(sshTarget(text)) ?? [];
  if (sshName !== undefined) return { address: addressOf(sshName, sshDomain), remark: 'ssh' };
  const [match, name = '', domain = '', port] = HOST.exec(text) ?? [];
  if (match === undefined) return undefined;
  if (name.toLowerCase() === 'hib') return { remark: 'scope' };
  if (/-kafkarest(?:-int)?$/i.test(name)) {
    const isUsual = port === undefined || port === '443' || port === '80';
    const host = `${name}.${domain}`.toLowerCase();
    // The API begins at the root there, whatever the path is.
    return { address: `https://${host}${isUsual ? '' : `:${port}`}` };
  }
  return { address: addressOf(name.replace(/-int$/i, ''), domain), remark: 'gateway' };
}

/** Returns the host in a command of SSH; the text if it is none. */
function sshTarget(text: string): string {
  const words = text.split(/\s+/);
  return (words[0] === 'ssh' && words.find((word) => SSH.test(word))) || text;
}

function addressOf(name: string, domain = 'azurehdinsight.net'): string {
  const cluster = name.toLowerCase().replace(/-kafkarest$/, '');
  return `https://${cluster}-kafkarest.${domain.toLowerCase()}`;
}
