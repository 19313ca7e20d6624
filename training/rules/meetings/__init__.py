"""Pure rules of meetings: weekly office hours through changes of clocks."""
