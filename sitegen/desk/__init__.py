"""desk: commands for the people who write; they read the stages and write no site."""
