"""Reads and writes through two GeoReport clients of other authors.

The argument is the base URL of the endpoint, which requires the jurisdiction and the key below.
The last line of the output counts the checks.
"""

import sys
import time

import requests
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client, ValidationError
from civicbot.registry import Endpoint
from georeport import GeoReport

JURISDICTION = "riverton.example"
KEY = "open-sesame"
checks = 0


def check(what, condition):
    global checks
    checks += 1
    assert condition, what


def refused(status, call):
    """Checks that the call fails with this HTTP status; returns the body of the response."""
    try:
        call()
    except HttpError as error:
        check(f"status {status}, not {error.status}: {error.body}", error.status == status)
        return error.body
    raise AssertionError(f"the call succeeded, but {status} was expected")


def try_civicbot(base):
    endpoint = Endpoint(id="sandbox", name="Riverton", base_url=base, write=True)
    # The default pause of half a second between calls spares the servers of real cities.
    transport = HttpTransport(rate_limiter=RateLimiter(min_interval=0))
    client = Open311Client(endpoint, transport, jurisdiction_id=JURISDICTION)

    services = client.list_services()
    check("services", len(services) >= 42)
    definition = client.get_service_definition("storm-drain")
    check("definition", {"standing", "blocked_by"} <= {a["code"] for a in definition["attributes"]})

    place = {"lat": 40.6205, "lng": -89.918}
    answers = {"standing": "shoe", "blocked_by": ["leaves", "mud"]}
    words = "Leaves, mud & “more” at 3rd + Oak"
    dry = client.create_request("storm-drain", attributes=answers, validate_remote=True, **place)
    check("a dry run sends nothing", dry.dry_run and dry.response is None)
    sent = client.create_request(
        "storm-drain", attributes=answers, description=words, email="someone@example.com",
        validate_remote=True, dry_run=False, confirm="SEND", api_key=KEY, **place)
    number = sent.response[0]["service_request_id"]
    check("a number", bool(number))

    found = client.get_request(number)
    check("the request", found["service_request_id"] == number)
    check("its description", found["description"] == words)
    check("its place", (found["lat"], found["long"]) == (40.6205, -89.918))
    check("its status", found["status"] == "open")
    listed = client.list_requests(service_code="storm-drain", status="open", page_size=1)
    check("it is the newest", [row["service_request_id"] for row in listed] == [number])
    several = client.list_requests(service_request_ids=[number, "26-00000"])
    check("a list of numbers", len(several) == 1)
    ranged = client.list_requests(start_date=found["requested_datetime"])
    check("a range of dates", number in [row["service_request_id"] for row in ranged])

    batch = client.create_request(
        "tax-copy", attributes={"year": 2025}, address_string="12 Main St",
        dry_run=False, confirm="SEND", api_key=KEY)
    token = batch.response[0]["token"]
    check("the token is not a number yet", not client.get_token(token)[0]["service_request_id"])
    for _ in range(100):
        resolved = client.get_token(token)[0]["service_request_id"]
        if resolved:
            break
        time.sleep(0.1)
    check("the token became a number", client.get_request(resolved)["service_code"] == "tax-copy")

    def send(code="storm-drain", key=KEY, **more):
        arguments = {"address_string": "12 Main St", **more}
        client.create_request(code, dry_run=False, confirm="SEND", api_key=key, **arguments)

    check("the key", "api_key" in refused(403, lambda: send(key="wrong", attributes=answers)))
    check("the question", "attribute[standing] is required" in refused(400, lambda: send()))
    check("the code", "service_code" in refused(404, lambda: send(code="none")))
    check("the number", "none" in refused(404, lambda: client.get_request("none")))
    other = Open311Client(endpoint, transport, jurisdiction_id="oakton.example")
    check("the jurisdiction", "jurisdiction_id" in refused(404, other.list_services))
    try:
        client.create_request("storm-drain", validate_remote=True, **place,
                              attributes={"standing": "deep sea"})
        raise AssertionError("an invalid value passed the client's own check")
    except ValidationError as error:
        check("the client reads our values", "deep sea" in str(error))
    return number


def try_georeport(base, number):
    in_json = GeoReport(base, jurisdiction=JURISDICTION)
    in_xml = GeoReport(base, jurisdiction=JURISDICTION, output_format="xml")
    codes = [[row["service_code"] for row in client.get_service_list()]
             for client in (in_json, in_xml)]
    check("the same services in JSON and XML", codes[0] == codes[1] and len(codes[0]) >= 42)
    for client in (in_json, in_xml):
        definition = client.get_service_definition("storm-drain")
        check("definition", definition["service_code"] == "storm-drain")
        check("attributes", len(definition["attributes"]) > 0)
        one = client.get_service_request(number)
        check("one request", one["service_request_id"] == number)
        check("its description", one["description"] == "Leaves, mud & “more” at 3rd + Oak")
        rows = client.get_service_requests(service_code="pothole,graffiti", status="open,closed")
        check("filters", {row["service_code"] for row in rows} == {"pothole", "graffiti"})
        by_number = client.get_service_requests(
            service_request_id=f"{number},{rows[0]['service_request_id']}")
        check("two by their numbers", len(by_number) == 2)
        ranged = client.get_service_requests(
            start_date=rows[-1]["requested_datetime"], end_date=rows[-1]["requested_datetime"])
        ids = [ranged["service_request_id"]] if isinstance(ranged, dict) else [
            row["service_request_id"] for row in ranged]
        check("a range", rows[-1]["service_request_id"] in ids)
        try:
            client.get_service_request("none")
            raise AssertionError("an unknown number was found")
        except requests.HTTPError as error:
            check("404", error.response.status_code == 404)


if __name__ == "__main__":
    try_georeport(sys.argv[1], try_civicbot(sys.argv[1]))
    print(f"{checks} checks through civicbot and georeport")
