"""The explorer's server answers the browser of this machine, and nobody else."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys

import pytest

import drawdown as dd
from drawdown.explorer.assets import bundled
from drawdown.explorer.server import Server

PAUSE = "plan.breathing_room.pause_days"


@pytest.fixture(scope="module")
def server():
    with Server(dd.Scenario.example("minimal"), seed=7, trials=500) as made:
        yield made


def asked(server, path="", *, method="GET", body=None, token=None, host=None, **headers):
    """The status, the headers and the text of an answer."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    token = server.token if token is None else token
    given = {"Host": host or f"127.0.0.1:{server.port}"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    link.request(method, f"/{token}/{path}", body, given)
    reply = link.getresponse()
    text = reply.read().decode()
    link.close()
    return reply.status, dict(reply.getheaders()), text


def told(server, message, tab="one", **headers):
    ours = {"Origin": f"http://127.0.0.1:{server.port}", "Content_Type": "application/json"}
    body = json.dumps({"tab": tab, "message": message})
    return asked(server, "ask", method="POST", body=body, **{**ours, **headers})


def test_the_page_and_its_files_are_handed_out(server):
    status, headers, page = asked(server)
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers
    for name in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert asked(server, name)[0] == 200
    for module in ("page.js", "explorer.js", "pictures.js", "controls.js", "chart.js"):
        _, _, text = asked(server, module)
        for used in re.findall(r'from "\./([^"]+)"', text):
            assert asked(server, used)[0] == 200


def test_nothing_of_the_front_end_comes_from_elsewhere(server):
    names = ("", "explore.css", "page.css", "page.js", "explorer.js", "pictures.js", "chart.js")
    for text in (bundled(), *(asked(server, name)[2] for name in names)):
        addresses = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+", text))
        assert addresses <= {"http://www.w3.org"}
        assert "style=" not in text


@pytest.mark.parametrize("token", ["", "x", "%C3%A9", "%00", "a" * 43])
def test_without_the_token_there_is_nothing(server, token):
    assert asked(server, token=token)[0] == 404
    assert asked(server, "ask", token=token, method="POST", body="{}")[0] == 404
    assert asked(server, token=server.token[:-1])[0] == 404
    assert asked(server, token=f"{server.token}x")[0] == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:80", "[::1]"])
def test_under_another_name_there_is_nothing(server, host):
    assert asked(server, host=host)[0] == 403
    assert told(server, {"ask": "open"}, host=host)[0] == 403


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1:1", ""])
def test_another_page_is_refused(server, origin):
    assert asked(server, Origin=origin)[0] == 403
    assert told(server, {"ask": "open"}, Origin=origin)[0] == 403


def test_a_browser_that_says_it_comes_from_elsewhere_is_refused(server):
    assert asked(server, Sec_Fetch_Site="cross-site")[0] == 403
    assert told(server, {"ask": "open"}, Sec_Fetch_Site="same-site")[0] == 403
    assert told(server, {"ask": "open"}, Sec_Fetch_Site="same-origin")[0] == 200


def test_a_message_is_of_our_page_and_of_json(server):
    assert told(server, {}, Content_Type="text/plain")[0] == 415
    body = json.dumps({"tab": "one", "message": {}})
    about = {"method": "POST", "Content_Type": "application/json"}
    assert asked(server, "ask", body=body, **about)[0] == 403  # no origin
    ours = {**about, "Origin": f"http://127.0.0.1:{server.port}"}
    assert asked(server, "ask", body="[" * 100_000, **ours)[0] == 400
    assert asked(server, "ask", body="[]", **ours)[0] == 400
    assert asked(server, "else", body=body, **ours)[0] == 404
    assert asked(server, "ask", method="PUT", body=body)[0] == 501
    status, _, text = told(server, [1])
    assert status == 200
    assert json.loads(text)["problems"]


@pytest.mark.parametrize(
    "path",
    [
        "../server.py",
        "..%2fserver.py",
        "static/explorer.js",
        "//etc/passwd",
        "/etc/passwd",
        "notebook.js",
        "index.html",
        ".",
    ],
)
def test_there_is_no_way_to_other_files(server, path):
    assert asked(server, path)[0] == 404


def test_a_message_too_long_is_not_read(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as link:
        link.sendall(
            f"POST /{server.token}/ask HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: http://127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
            "Content-Length: 99999999999\r\n\r\n".encode()
        )
        assert b" 413 " in link.recv(4096)


def test_moves_are_answered_by_tab(server):
    path = "plan.phases.leave.duration_ratio.lognormal.median"
    message = {"ask": "move", "generation": 1, "trials": 500, "setting": {path: 1.4}}
    status, headers, text = told(server, message, tab="mine")
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert "than the baseline" in json.loads(text)["verdict"]
    # Another tab has counted no moves yet.
    found = json.loads(told(server, {**message, "setting": {}}, tab="other")[2])
    assert "baseline" not in found["verdict"]
    assert found["generation"] == 1


def test_a_wrong_scenario_gives_its_problems(server):
    text = "schema = 1\nstart = 2025-01-01\n[plan.phases.one]\nsites = 3\n"
    with pytest.raises(dd.ScenarioError) as refused:
        dd.Scenario.from_toml(text)
    message = {"ask": "upload", "name": "mine.toml", "text": text}
    found = json.loads(told(server, message, tab="upload")[2])
    assert [one["path"] for one in found["problems"]] == [
        problem.path for problem in refused.value.problems
    ]
    assert all(one["what"] and one["remedy"] for one in found["problems"])
    # What was there before still is.
    assert json.loads(told(server, {"ask": "open"}, tab="upload")[2])["controls"]


def test_closing_frees_the_port():
    with Server(dd.Scenario.example("minimal"), seed=7, trials=500) as one:
        port = one.port
        assert asked(one)[0] == 200
    with Server(dd.Scenario.example("minimal"), seed=7, trials=500, port=port) as again:
        assert asked(again)[0] == 200
        assert again.address != one.address
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_two_do_not_share_a_port(server):
    with pytest.raises(OSError, match="in use"):
        Server(dd.Scenario.example("minimal"), port=server.port)


def test_it_listens_on_this_machine_alone(server):
    assert server._http.server_address[0] == "127.0.0.1"


def test_the_command_says_where_it_is_and_ends_with_ctrl_c(tmp_path):
    command = [sys.executable, "-m", "drawdown", "explore", "minimal", "--no-browser"]
    process = subprocess.Popen(
        [*command, "--seed", "7"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/[\w-]{40,}/\n", process.stdout.readline())
    assert found
    with socket.create_connection(("127.0.0.1", int(found[1])), timeout=10):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert err == ""
    assert os.listdir(tmp_path) == []
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(found[1])), timeout=5)


def test_a_port_that_is_taken_is_said_in_one_line(server, capsys):
    from drawdown.cli import main

    assert main(["explore", "minimal", "--no-browser", "--port", str(server.port)]) == 2
    assert "in use" in capsys.readouterr().err
