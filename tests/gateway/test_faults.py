"""The language of --faults, and that each kind makes its trouble."""

import pytest
import requests
from wire_desk import Desk, envelope

from chutdiao_gateway.console.officer import OfficerScriptError, Script, parse_script
from chutdiao_gateway.faults.spec import Fault, FaultSpecError, parse_faults


def test_specification_is_read() -> None:
    assert parse_faults("drop:2,500:1") == (Fault("drop", count=2), Fault("500", count=1))
    assert parse_faults("delay=0.5@feed") == (Fault("delay", "feed", None, 0.5),)
    assert parse_faults("drop-after-accept") == (Fault("drop"),)
    assert parse_faults("") == ()


@pytest.mark.parametrize("spec", ["nothing", "drop:x", "drop@moon", "delay=soon"])
def test_nonsense_is_refused(spec: str) -> None:
    with pytest.raises(FaultSpecError):
        parse_faults(spec)


def test_officer_script_is_read() -> None:
    assert parse_script("scripted:correct=hours+phone,approve") == Script(("hours", "phone"), True)
    assert parse_script("scripted") == Script((), True)
    for wrong in ("human", "scripted:sleep"):
        with pytest.raises(OfficerScriptError):
            parse_script(wrong)


@pytest.mark.parametrize("kind", ["refuse", "drop"])
def test_cut_connections(desk: Desk, kind: str) -> None:
    desk.put_samples()
    desk.faults(f"{kind}:1")
    sent = envelope()
    with pytest.raises(requests.RequestException):
        desk.post(sent)
    held = desk.serving.gateway.database.rows("select id from submission")
    assert len(held) == (1 if kind == "drop" else 0)
    assert desk.post(sent).status_code == 201


@pytest.mark.parametrize(("kind", "status"), [("500", 500), ("html", 200), ("empty", 200), ("logout", 401)])
def test_wrong_answers_register_nothing(desk: Desk, kind: str, status: int) -> None:
    desk.put_samples()
    desk.faults(f"{kind}:1")
    sent = envelope()
    assert desk.post(sent).status_code == status
    assert desk.serving.gateway.database.rows("select id from submission") == []
    assert desk.post(sent).status_code == 201


def test_duplicate_registers_one(desk: Desk) -> None:
    desk.put_samples()
    desk.faults("duplicate:1")
    assert desk.post(envelope()).status_code == 201
    assert len(desk.ask("GET", "/v1/feed").json()["events"]) == 1
