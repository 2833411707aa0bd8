/** A cloud of Microsoft's: where people sign in to it, and where its resources are listed. */
export interface AzureCloud {
  readonly name: 'public' | 'usGovernment' | 'china';
  /** The origin of the sign-in service. */
  readonly authority: string;
  /** The origin of Azure Resource Manager. */
  readonly management: string;
  /** The end of the host names of HDInsight clusters. */
  readonly hdinsight: string;
}

/** The clouds, the most usual first. No setting adds to them, because they get tokens. */
export const azureClouds: readonly AzureCloud[] = [
  {
    name: 'public',
    authority: 'https://login.microsoftonline.com',
    management: 'https://management.azure.com',
    hdinsight: '.azurehdinsight.net',
  },
  {
    name: 'usGovernment',
    authority: 'https://login.microsoftonline.us',
    management: 'https://management.usgovcloudapi.net',
    hdinsight: '.azurehdinsight.us',
  },
  {
    name: 'china',
    authority: 'https://login.partner.microsoftonline.cn',
    management: 'https://management.chinacloudapi.cn',
    hdinsight: '.azurehdinsight.cn',
  },
];

/** Returns the scope of the tokens with which the resources of a cloud are listed. */
export function managementScope({ management }: AzureCloud): string {
  return `${management}/.default`;
}

/** Returns the cloud that an HDInsight cluster with this endpoint is in, or `undefined`. */
export function cloudOf(endpoint: string): AzureCloud | undefined {
  const { hostname } = new URL(endpoint);
  return azureClouds.find(({ hdinsight }) => hostname.endsWith(hdinsight));
}
