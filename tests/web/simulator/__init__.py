"""The speaker in a browser, and its workbench."""
