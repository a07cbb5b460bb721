"""The app as the server runs it: guarded, quiet, warmed, in turn, and forgetful of readers who left."""
