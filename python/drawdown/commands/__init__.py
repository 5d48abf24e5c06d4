"""Commands that tell of the program itself, each a module with `add` and what it does.

They load nothing but the standard library until they are given.
"""
