"""What holds for all tests: drawing examples may take its time on a busy machine, since no test is about seconds by the clock."""

from hypothesis import HealthCheck, settings

settings.register_profile("logsyn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("logsyn")
