"""The promises: what the money is for, and by what it will be measured."""
