"""Prints which of the given calls, "service:EventName" a line, no service model of botocore has."""

import gzip
import os
import re
import sys

import botocore
import botocore.session

DATA = os.path.join(os.path.dirname(botocore.__file__), "data")
SESSION = botocore.session.get_session()


def clients():
    """The names that CloudTrail uses for a service, and the clients that speak to it."""
    found = {}
    for client in SESSION.get_available_services():
        newest = sorted(os.listdir(os.path.join(DATA, client)))[-1]
        with gzip.open(os.path.join(DATA, client, newest, "service-2.json.gz")) as model:
            head = model.read(6000).decode("utf-8", "ignore")
        for name in re.findall(r'"(?:endpointPrefix|signingName)"\s*:\s*"([^"]+)"', head):
            found.setdefault(name, set()).add(client)
    return found


def operations(names):
    return {operation for name in names for operation in SESSION.get_service_model(name).operation_names}


known = {}
by_service = clients()
for call in sys.stdin.read().split():
    service, name = call.split(":")
    if service not in known:
        known[service] = operations(by_service.get(service, ()))
    # Lambda's and CloudFront's event names end in the version of their API.
    if re.sub(r"20\d\d_?\d\d_?\d\d(v\d)?$", "", name) not in known[service]:
        print(call)
