"""The peers, one module each, run as `python -m bench.peers.NAME SYSTEM CONTACTS SEED`: one line of JSON in the end."""
