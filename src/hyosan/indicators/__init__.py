"""Numbers that describe an outbreak: pure functions of columns, each by a stated definition."""
