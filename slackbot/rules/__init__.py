"""The pure core: values and the time in, values out. Nothing here opens, sends or asks what time it is."""
