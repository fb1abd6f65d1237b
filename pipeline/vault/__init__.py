"""The private zone: one SQLCipher file, the keys that lock it and the log of what was done.

`store` opens and creates the file; `people`, `cases` and `approvals` read and write it; `events` is the hash-chained
log and `audit` proves it whole. `keys` needs no vault and is used in the public zone too.
"""
