"""`sitegen serve`: a real server, asked as browsers and programs ask."""
