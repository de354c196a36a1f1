"""Programs for the people who keep this repository; no part of sitegen."""
