"""What the sample of HDInsight's documentation does (version of 2020 to today, with MSAL).

It gets a token, creates a topic and waits until it is listed, produces values of every kind, consumes
them two at a time up to the end, and shows the partitions. Tenant, client, secret and the address of
the cluster come from the environment; the sample has them in its text.
"""

import json
import os
import sys
import time
from random import choice
from string import ascii_letters

import msal
import requests

WAIT_SECONDS = float(os.environ["SAMPLE_WAIT"])
CLUSTER = os.environ["SAMPLE_ENDPOINT"]
TIMEOUT_SECONDS = 10

application = msal.ConfidentialClientApplication(
    os.environ["SAMPLE_CLIENT_ID"],
    os.environ["SAMPLE_CLIENT_SECRET"],
    "https://login.microsoftonline.com/" + os.environ["SAMPLE_TENANT_ID"],
)
token = application.acquire_token_for_client(scopes=["https://hib.azurehdinsight.net/.default"])
if "access_token" not in token:
    sys.exit("No token: " + token.get("error_description", ""))

session_headers = {
    "Authorization": "Bearer " + token["access_token"],
    "Content-type": "application/json",
}


def call(method, path, body=None):
    return requests.request(
        method,
        CLUSTER + "/v1/" + path,
        headers=session_headers,
        json=body,
        timeout=TIMEOUT_SECONDS,
        verify=True,
    )


def show(name, document):
    print(name + ": " + json.dumps(document))


topic = "hello_topic_" + "".join(choice(ascii_letters) for _ in range(7))
created = call(
    "PUT",
    "topics/" + topic,
    {
        "partition_count": 1,
        "replication_factor": 1,
        "topic_properties": {"retention.ms": 604800000, "min.insync.replicas": "1"},
    },
)
show("created", created.json())
if not created.ok:
    sys.exit("The topic was not created.")

topics = []
while topic not in topics:
    time.sleep(WAIT_SECONDS)
    topics = call("GET", "metadata/topics").json().get("topics", [])
print("listed: " + topic)

servers = [{"server id": number, "server name": "proxy %d" % number} for number in (1, 2, 3)]
records = [
    {"key": "key1", "value": "**********"},
    {"partition": 0, "value": 5},
    {"value": 3.14},
    {"value": {"id": 1, "name": "REST proxy"}},
    {"value": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}]},
    {"value": {"group id": 1, "info": {"id": 1, "servers": servers}}},
]
produced = call("POST", "producer/topics/" + topic, {"records": records})
show("produced", produced.json())

offset, count = 0, 2
while True:
    place = "consumer/topics/%s/partitions/0/offsets/%s?count=%d" % (topic, offset, count)
    consumed = call("GET", place)
    if not consumed.ok:
        sys.exit("Error %d" % consumed.status_code)
    messages = consumed.json()
    show("consumed", messages)
    next_offset = consumed.headers.get("NextOffset")
    if offset == next_offset or not messages.get("records", []):
        print("caught up at " + next_offset)
        break
    offset = next_offset

show("partitions", call("GET", "metadata/topics/%s/partitions" % topic).json())
show("partition", call("GET", "metadata/topics/%s/partitions/0" % topic).json())
