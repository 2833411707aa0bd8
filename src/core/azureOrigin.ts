/** What Azure Resource Manager says of a cluster, besides its name and endpoint. */
export interface AzureOrigin {
  /** The id of the resource: `/subscriptions/.../clusters/contoso`. */
  readonly resourceId: string;
  /** The security group whose members may use the REST proxy. */
  readonly group?: string;
}
