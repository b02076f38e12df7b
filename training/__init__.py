"""Training and calibration of the learned reader; never imported by the product.

`python -m training --help` lists the steps. They run in an environment of their own
(requirements-training.txt); docs/reader.md tells what each does and what it gave.
"""
