"""Random inputs: each must end in a page or in a located message, and harm nobody."""
