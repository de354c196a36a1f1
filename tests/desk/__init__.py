"""The commands of the desk: what people who write meet."""
