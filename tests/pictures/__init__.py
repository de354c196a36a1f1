"""Pictures through the command line: where they lie, what readers get, what a build costs."""
