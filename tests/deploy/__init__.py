"""Deploying, to real targets: a folder, rsync, sshd, and a server that speaks S3."""
