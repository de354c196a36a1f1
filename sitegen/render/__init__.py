"""render: a page and its facts into bytes."""
