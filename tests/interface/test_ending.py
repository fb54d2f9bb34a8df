"""A run is ended where it is: also within the queries of Great Expectations, which has connections of its own."""

import threading
import time

import pytest

from logsyn.validator.checking.great_expectations import Engine
from logsyn.validator.database.connection import open_database
from logsyn.validator.database.memory import agreement
from logsyn.validator.errors import CancelledError
from logsyn.validator.progress import Progress

ENDLESS = "CREATE VIEW endless AS SELECT range AS row_id, CASE WHEN (SELECT count(*) FROM range(10000000000) a, range(10000000000) b) > 0 THEN 1 END AS h0 FROM range(3)"


@pytest.mark.parametrize("own", [True, False])
def test_queries_of_every_connection_are_ended(tmp_path, own):
    progress = Progress()
    with open_database(tmp_path, agreement()) as database:
        database.connection.execute(ENDLESS)
        engine = Engine(database)
        connection = engine._source.get_engine().connect() if own else database.connection  # noqa: SLF001 - as Great Expectations connects
        threading.Timer(0.3, progress.cancel).start()
        begun = time.monotonic()
        with pytest.raises(CancelledError), progress.ending(database):
            (connection.exec_driver_sql if own else connection.execute)("SELECT sum(h0) FROM endless").fetchall()
        assert time.monotonic() - begun < 60  # seconds; without an end it takes hours
        if own:
            connection.close()
        engine.close()
