"""What runs in a process of its own, with little memory and time: everything that takes a file apart.

A small file may claim billions of cells; the reader then dies here, and not in the web server. No Django in here.
"""
