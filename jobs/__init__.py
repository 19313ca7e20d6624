"""Work that outlives a request: the job table, the worker, progress."""
