"""Works out what a finding does to the analysis: the log as it is against the log as it would be remedied."""
