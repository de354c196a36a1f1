"""Deploying, to real targets: a folder, rsync, and a server that speaks S3."""
