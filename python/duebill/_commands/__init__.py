"""The jobs behind `python -m duebill`: whole hosts that read files, keep records in memory and print an answer."""
