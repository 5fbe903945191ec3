"""The reader: what citizens see; also where the parts are put together."""
