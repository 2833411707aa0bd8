"""What the sample of HDInsight's documentation did in its first version, of 2019, with ADAL.

It gets a token from the first version of the token endpoint, for a resource instead of a scope, and
lists the topics. Tenant, client, secret and the address of the cluster come from the environment.
"""

import os

import adal
import requests

context = adal.AuthenticationContext(
    "https://login.microsoftonline.com/" + os.environ["SAMPLE_TENANT_ID"]
)
token = context.acquire_token_with_client_credentials(
    "https://hib.azurehdinsight.net",
    os.environ["SAMPLE_CLIENT_ID"],
    os.environ["SAMPLE_CLIENT_SECRET"],
)
response = requests.get(
    os.environ["SAMPLE_ENDPOINT"] + "/v1/metadata/topics",
    headers={"Authorization": "Bearer " + token["accessToken"]},
)
print(response.status_code)
print(response.content.decode())
