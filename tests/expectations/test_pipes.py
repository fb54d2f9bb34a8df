"""Declarations that are pipes: read when somebody writes into them, told when nobody does."""

import os
from pathlib import Path
from threading import Thread

import pytest

from logsyn.expectations import pipes
from logsyn.expectations.declaration import read_yaml
from logsyn.expectations.errors import DeclarationError

TEXT = "suite: mine\n# " + "long " * 50_000


@pytest.fixture
def pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_pipe_that_nobody_writes_into_is_told(pipe, monkeypatch):
    monkeypatch.setattr(pipes, "_PATIENCE_SECONDS", 0.1)
    with pytest.raises(DeclarationError, match="a pipe that nobody writes into"):
        read_yaml(pipe)


def test_a_pipe_that_somebody_writes_into_is_read_whole(pipe):
    writer = Thread(target=pipe.write_text, args=(TEXT,))
    writer.start()
    assert pipes.read_at_most(pipe, 1_000_000) == TEXT.encode()
    writer.join()


def test_what_a_shell_hands_over_is_read_also_when_its_writer_has_ended():
    reader, writer = os.pipe()
    os.write(writer, b"suite: mine\n")
    os.close(writer)
    assert dict(read_yaml(Path(f"/dev/fd/{reader}"))) == {"suite": "mine"}
    os.close(reader)
